/** Lets through the lines of a text that cite something, as they are finished, and nothing else. Linear in the text. */

export interface CitedLines {
	push(text: string): string;
	/** What was still held back, once no more text comes. */
	end(): string;
}

/** As the check of citations leaves it. */
const mark = /\[\d{1,3}\]/;

export function createCitedLines(): CitedLines {
	let open = '';
	return {
		push(text) {
			const [first = '', ...others] = text.split('\n');
			if (others.length === 0) {
				open += text;
				return '';
			}
			const finished = [open + first, ...others.slice(0, -1)];
			open = others.at(-1) ?? '';
			return finished
				.filter((line) => mark.test(line))
				.map((line) => `${line}\n`)
				.join('');
		},
		end() {
			const last = mark.test(open) ? open : '';
			open = '';
			return last;
		},
	};
}
