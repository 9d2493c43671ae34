/** The sources that a message of Teams shows: its citations, or the lines at the end of a card. */

import type { ShownSource } from '../shown-source.ts';
import type { VisibleMessage } from './types.ts';

const unescaped = (text: string) => text.replace(/\\([!-/:-@[-`{-~])/g, '$1');

export function shownSources(message: Pick<VisibleMessage, 'citations' | 'text' | 'visibleText'> | undefined): ShownSource[] {
	if (message === undefined) return [];
	if (message.text === '') return message.visibleText.split('\n').flatMap(readLine);
	return message.citations.map(({ position, name, url = null, keywords, abstract }) => ({
		...{ position, title: name, url, about: keywords.join(' · ') },
		...(abstract === undefined ? {} : { abstract }),
	}));
}

function readLine(line: string): ShownSource[] {
	const [, position, label, url, alone = '', about = ''] =
		/^\[(\d+)\] (?:\[(.*?[^\\])\]\(([^()\s]+)\)(?: \([^)]*\))?|(.*?))(?: · (.*))?$/.exec(line) ?? [];
	if (position === undefined) return [];
	return [{ position: Number(position), title: unescaped(label ?? alone), url: url ?? null, about: unescaped(about) }];
}
