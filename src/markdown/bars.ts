/** A chart of bars within a Markdown text: a fenced block of its own language, which reads as a chart in characters where nobody draws another one. Pure. */

/** Behind the fence. */
export const barsLanguage = 'bars';

export interface Bar {
	label: string;
	/** A numeral. */
	value: string;
}

export interface Bars {
	title: string;
	bars: Bar[];
}

/** As long as a narrow window takes beside the names. */
const longestBar = 24;
/** From an eighth to a whole character. */
const parts = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
const line = /^(.*?) +[█▏▎▍▌▋▊▉]* ?(\d\S*)$/u;

/** @param bars with labels of one line, and values of zero or more. */
export function writeBars({ title, bars }: Bars): string {
	const most = Math.max(...bars.map(({ value }) => Number(value)));
	const width = Math.max(...bars.map(({ label }) => [...label].length));
	const lines = bars.map(({ label, value }) => {
		const eighths = most === 0 ? 0 : Math.round((Number(value) / most) * longestBar * 8);
		const bar = '█'.repeat(Math.floor(eighths / 8)) + (parts[eighths % 8] ?? '');
		return `${label}${' '.repeat(width - [...label].length)} ${bar} ${value}`;
	});
	return [`\`\`\`${barsLanguage}`, title, ...lines, '```'].join('\n');
}

/** The inverse; null for any other block. */
export function readBars(source: string): Bars | null {
	const [fence, title = '', ...rest] = source.trimEnd().split('\n');
	if (fence !== `\`\`\`${barsLanguage}` || rest.pop() !== '```' || rest.length === 0) return null;
	const bars = rest.flatMap((one) => {
		const [, label = '', value = ''] = line.exec(one) ?? [];
		return value === '' || !Number.isFinite(Number(value)) ? [] : [{ label: label.trimEnd(), value }];
	});
	return bars.length === rest.length ? { title, bars } : null;
}
