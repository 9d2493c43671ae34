/** Charts of bars as Slack draws them ("Data visualization block"). Pure. */

import { type Bars, readBars } from '#src/markdown/bars.ts';
import { readBlocks } from '#src/markdown/blocks.ts';

/** The same page: of a label, of a title, of categories. More measures than three nobody draws. */
const [mostLabelCharacters, mostTitleCharacters, mostCategories] = [20, 50, 20];

/**
 * The text in parts, with the charts of a result that stand next to each other as one of several series between them; as one part where there is none,
 * or Slack does not take it.
 */
export function withCharts(text: string): Record<string, unknown>[] {
	const whole = [{ type: 'markdown', text }];
	const charts = readBlocks(text).blocks.flatMap(({ kind, source, start, end }) => {
		const bars = kind === 'code' ? readBars(source) : null;
		return bars === null ? [] : [{ bars, start, end }];
	});
	const [first, last] = [charts[0], charts.at(-1)];
	if (first === undefined || last === undefined) return whole;
	const areTogether = charts.every(({ start }, index) => index === 0 || text.slice(charts[index - 1]?.end, start).trim() === '');
	const chart = areTogether ? toChart(charts.map(({ bars }) => bars)) : null;
	if (chart === null) return whole;
	const around = [text.slice(0, first.start), text.slice(last.end)].map((part) => part.trim());
	const [before = '', after = ''] = around;
	const toPart = (part: string) => (part === '' ? [] : [{ type: 'markdown', text: part }]);
	return [...toPart(before), chart, ...toPart(after)];
}

/** Of one measure; null where Slack does not take it. */
export function toBarChart(bars: Bars): Record<string, unknown> | null {
	return toChart([bars]);
}

function toChart(measures: readonly Bars[]): Record<string, unknown> | null {
	const categories = measures[0]?.bars.map(({ label }) => label) ?? [];
	const names = measures.map(({ title }) => title);
	const isSame = measures.every(({ bars }) => bars.map(({ label }) => label).join('\n') === categories.join('\n'));
	const labels = [...categories, ...names];
	const fits = labels.every((label) => label !== '' && label.length <= mostLabelCharacters);
	const areUnique = [categories, names].every((list) => new Set(list).size === list.length);
	if (!isSame || !fits || !areUnique || categories.length > mostCategories) return null;
	const series = measures.map(({ title, bars }) => ({
		name: title,
		data: bars.map(({ label, value }) => ({ label, value: Number(value) })),
	}));
	const title = names.join(', ').slice(0, mostTitleCharacters);
	return { type: 'data_visualization', title, chart: { type: 'bar', series, axis_config: { categories } } };
}
