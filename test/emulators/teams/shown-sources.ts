/** The sources that a message of Teams shows: its citations. */

import type { ShownSource } from '../shown-source.ts';
import type { VisibleMessage } from './types.ts';

export function shownSources(message: Pick<VisibleMessage, 'citations'> | undefined): ShownSource[] {
	return (message?.citations ?? []).map(({ position, name, url = null }) => ({ position, title: name, url }));
}
