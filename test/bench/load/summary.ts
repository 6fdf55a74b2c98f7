/** From single measurements to what is reported of them. */
import type { LoadResult } from '../load-plan.ts';

interface Measured {
  latenciesMs: number[];
  statuses: Record<string, number>;
  errors: number;
  elapsedMs: number;
  cpu: NodeJS.CpuUsage;
}

export function summarise({ latenciesMs, statuses, errors, elapsedMs, cpu }: Measured): LoadResult {
  const sorted = Float64Array.from(latenciesMs).sort();
  const quantile = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
  return {
    requests: sorted.length,
    requestsPerSecond: (sorted.length / elapsedMs) * 1000,
    p50Ms: quantile(0.5),
    p99Ms: quantile(0.99),
    statuses,
    errors,
    loadCpu: (cpu.user + cpu.system) / 1000 / elapsedMs,
  };
}
