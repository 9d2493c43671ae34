/** Results of commands as Discord shows them: as text, or as embeds with a field for each name. Pure. */

import type { CommandResult, Rows, Table } from '#src/platform/command-result.ts';
import { entriesOf, groupsOf, hasEntries } from '#src/platform/result-parts.ts';
import { type Marks, resultText } from '#src/platform/result-text.ts';
import { shortened } from '#src/text.ts';
import { lastReading } from './last-reading.ts';
import { escapeMarkdown } from './plain.ts';

interface Field {
	name: string;
	value: string;
	inline: boolean;
}

interface Embed {
	description?: string;
	fields?: Field[];
}

/** "Embed Limits": of a description, of the fields and each of them, and of all embeds of a message; "Create Message": of the embeds. */
const mostDescriptionCharacters = 4_096;
const mostFields = 25;
const mostNameCharacters = 256;
const mostValueCharacters = 1_024;
const mostCharacters = 6_000;
const mostEmbeds = 10;
/** Three fields stand side by side on a wide screen; what is longer than this would be broken there into many lines. */
const shortCharacters = 40;

const marks: Marks = { escape: escapeMarkdown, strong: (escaped) => `**${escaped}**` };

/** All of it as lines; what is more than `limit` characters is left out. */
export function toResultText(told: CommandResult, limit = Number.POSITIVE_INFINITY): string {
	return lastReading.makeClean(shortened(resultText(told, marks), limit), limit);
}

/** Null for what lines of text show as well, and for what does not fit into embeds. */
export function toResultEmbeds(told: CommandResult): Embed[] | null {
	if (!hasEntries(told)) return null;
	const embeds: Embed[] = [];
	for (const group of groupsOf(told)) {
		const last = embeds.at(-1);
		// A description stands above the fields of its embed.
		if ('texts' in group) embeds.push({ description: toResultText(group.texts).trim() });
		else if (last !== undefined && last.fields === undefined) last.fields = fieldsOf(group.entries);
		else embeds.push({ fields: fieldsOf(group.entries) });
	}
	const shown = embeds.filter(({ description = '', fields }) => description !== '' || fields !== undefined);
	const characters = shown.flatMap(textsOf).reduce((sum, { length }) => sum + length, 0);
	return shown.length > mostEmbeds || characters > mostCharacters || !shown.every(fits) ? null : shown;
}

function fieldsOf(entries: Rows | Table): Field[] {
	return entriesOf(entries).map((entry) => {
		const [name, value] = [escaped(entry[0]), escaped(entry[1].join('\n'))];
		return { name, value, inline: Math.max(name.length, value.length) <= shortCharacters };
	});
}

function escaped(text: string): string {
	return lastReading.makeClean(escapeMarkdown(text));
}

function textsOf({ description = '', fields = [] }: Embed): string[] {
	return [description, ...fields.flatMap(({ name, value }) => [name, value])];
}

/** A field has both a name and a value. */
function fits({ description = '', fields = [] }: Embed): boolean {
	const areWhole = fields.every(
		({ name, value }) =>
			name.trim() !== '' && value.trim() !== '' && name.length <= mostNameCharacters && value.length <= mostValueCharacters,
	);
	return description.length <= mostDescriptionCharacters && fields.length <= mostFields && areWhole;
}
