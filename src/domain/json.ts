/** JSON values as they are stored and compared. */

/** The same value without the null and undefined members of its objects, at any depth: absent, not null. */
export function withoutNulls<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutNulls) as T;
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  const kept: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    if (member === null || member === undefined) continue;
    // Assigned to, this name would be the object's prototype and no member.
    if (key === '__proto__') Object.defineProperty(kept, key, { value: withoutNulls(member), ...ordinary });
    else kept[key] = withoutNulls(member);
  }
  return kept as T;
}

const ordinary = { enumerable: true, writable: true, configurable: true };
