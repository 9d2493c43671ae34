/** The sources that a message of Slack shows: lines of a context block. */

import type { ShownSource } from '../shown-source.ts';
import type { VisibleMessage } from './types.ts';

const plain = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

export function shownSources(message: Pick<VisibleMessage, 'blocks'> | undefined): ShownSource[] {
	const texts = (message?.blocks ?? []).filter(({ type }) => type === 'context').flatMap(({ elements }) => elements as { text: string }[]);
	return texts
		.flatMap(({ text }) => text.split('\n'))
		.flatMap((line) => {
			const [, position, url, label, alone = '', about = ''] =
				/^\[(\d+)\] (?:<([^|>]+)\|([^>]*)>(?: \([^)]*\))?|(.*?))(?: · (.*))?$/.exec(line) ?? [];
			if (position === undefined) return [];
			return [
				{ position: Number(position), title: plain(label ?? alone), url: url === undefined ? null : plain(url), about: plain(about) },
			];
		});
}
