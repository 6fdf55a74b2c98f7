/** Identifiers: UUIDs, version 7, so that they sort by age. */

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether the text can be an id at all. What cannot is simply not found: ids are opaque to callers. */
export const isId = (text: string): boolean => uuidPattern.test(text);
