/** Charts of bars as Teams draws them in cards ("Charts in Adaptive Cards"). Pure. */

import { type Bars, readBars } from '#src/markdown/bars.ts';
import type { Json } from '../json.ts';

/** Null for a block that is no chart. @param code The same as a block of code: old clients and screen readers have that. */
export function toChart(source: string, code: Json): Json | null {
	const read = readBars(source);
	return read === null ? null : toBarChart(read, code);
}

/** @param fallback What old clients and screen readers have; without it they have what stands beside it. */
export function toBarChart({ title, bars }: Bars, fallback?: Json): Json {
	const data = bars.map(({ label, value }) => ({ x: label, y: Number(value) }));
	return { type: 'Chart.HorizontalBar', title, displayMode: 'AbsoluteWithAxis', data, ...(fallback && { fallback }) };
}
