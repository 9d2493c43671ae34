/** The sources that a message of Slack shows: lines of its context blocks. */

import type { ShownSource } from '../shown-source.ts';
import type { VisibleMessage } from './types.ts';

const plain = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

export function shownSources(message: Pick<VisibleMessage, 'blocks'> | undefined): ShownSource[] {
	const lines = (message?.blocks ?? []).filter(({ type }) => type === 'context').flatMap(({ elements }) => elements as { text: string }[]);
	return lines.map(({ text }) => {
		const [, position = '', url, label = ''] = /^\[(\d+)\] (?:<([^|>]+)\|)?([^>]*)>?$/.exec(text) ?? [];
		return { position: Number(position), title: plain(label), url: url === undefined ? null : plain(url) };
	});
}
