/** The sources that a message of Discord shows: small lines below its text. */

import type { ShownSource } from '../shown-source.ts';
import type { VisibleMessage } from './types.ts';

const unescaped = (text: string) => text.replace(/\\([!-/:-@[-`{-~])/g, '$1');

export function shownSources(message: Pick<VisibleMessage, 'content'> | undefined): ShownSource[] {
	return (message?.content.split('\n') ?? []).flatMap((line) => {
		const match = /^-# \[(\d+)\] (?:\[(.*?[^\\])\]\(<([^>]+)>\)(?: \([^)]*\))?|(.*?))(?: · (.*))?$/.exec(line);
		if (match === null) return [];
		const [, position, label, url, alone = '', about = ''] = match;
		return [{ position: Number(position), title: unescaped(label ?? alone), url: url ?? null, about: unescaped(about) }];
	});
}
