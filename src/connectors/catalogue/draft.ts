/** The views of a database as the beginning of a catalogue, for a person to describe. Pure. */

import { type Document, isMap } from 'yaml';
import type { LiveView } from '../engines/engine.ts';

/** What a person is to write; until they have, the file is refused there. */
const toDescribe = { es: '', en: '' };

/** Adds what the file does not have yet, and leaves everything else with its comments as it stands. */
export function addDraftedViews(document: Document.Parsed, live: readonly LiveView[]): void {
	if (!isMap(document.get('views'))) document.set('views', document.createNode({}));
	for (const { name, comment, columns, key, references } of live) {
		if (document.hasIn(['views', name])) continue;
		document.setIn(
			['views', name],
			document.createNode({
				description: described(comment) ?? toDescribe,
				...(key.length > 0 ? { key } : {}),
				...(references.length > 0 ? { references: references.filter(({ to }) => live.some((other) => other.name === to)) } : {}),
				columns: Object.fromEntries(
					columns.map(({ name: column, type, comment: about }) => {
						const description = described(about);
						return [column, { type, ...(description === null ? {} : { description }) }];
					}),
				),
			}),
		);
	}
}

/** A comment of the database is in one language, whichever; the other is to be written. */
function described(comment: string | null): { es: string; en: string } | null {
	return comment === null ? null : { es: comment, en: comment };
}
