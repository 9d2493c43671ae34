/** Charts of bars as Teams draws them in cards ("Charts in Adaptive Cards"). Pure. */

import { readBars } from '#src/markdown/bars.ts';
import type { Json } from '../json.ts';

/** Null for a block that is no chart. @param code The same as a block of code: old clients and screen readers have that. */
export function toChart(source: string, code: Json): Json | null {
	const read = readBars(source);
	if (read === null) return null;
	const data = read.bars.map(({ label, value }) => ({ x: label, y: Number(value) }));
	return { type: 'Chart.HorizontalBar', title: read.title, displayMode: 'AbsoluteWithAxis', data, fallback: code };
}
