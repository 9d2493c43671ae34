/** What Discord refuses in a message (page "Messages Resource", Embed Limits and Create Message). */

import { componentProblems } from './component-rules.ts';
import type { FieldProblem } from './failure.ts';
import { countProblems, type Path, textProblems } from './field-rules.ts';
import { isJson, listOf, objectsOf, textOf } from './json.ts';
import { policyProblems } from './mentions.ts';
import type { Json } from './types.ts';

/** In UTF-16 units, as JavaScript counts. */
const contentLimit = 2_000;
const nonceLimit = 25;
const embedLimit = 10;
const embedFieldLimit = 25;
/** Over all embeds of a message. */
const embedTextLimit = 6_000;
const contentPath: Path = ['content'];

/** `isV2`: the message carries the flag IS_COMPONENTS_V2 after this call. */
export function messageProblems(given: Json, isV2: boolean): FieldProblem[] {
	return [
		...textProblems({ content: given.content }, [], { content: { max: contentLimit } }),
		...(typeof given.nonce === 'string' ? textProblems(given, [], { nonce: { max: nonceLimit } }) : []),
		...embedProblems(given.embeds),
		...(isV2 ? legacyProblems(given) : []),
		...componentProblems(given.components, isV2),
		...policyProblems(given.allowed_mentions),
	];
}

function embedProblems(given: unknown): FieldProblem[] {
	const embeds = objectsOf(given);
	const total = embeds.reduce((sum, embed) => sum + embedTexts(embed).join('').length, 0);
	return [
		...countProblems(listOf(given).length, ['embeds'], 0, embedLimit),
		...embeds.flatMap((embed, index) => oneEmbedProblems(embed, ['embeds', index])),
		...(total > embedTextLimit
			? [{ path: ['embeds'], code: 'MAX_EMBED_SIZE_EXCEEDED', message: `Embed size exceeds maximum size of ${embedTextLimit}` }]
			: []),
	];
}

function oneEmbedProblems(embed: Json, path: Path): FieldProblem[] {
	const fields = objectsOf(embed.fields);
	const part = (name: string, limits: Parameters<typeof textProblems>[2]) => {
		const value = embed[name];
		return isJson(value) ? textProblems(value, [...path, name], limits) : [];
	};
	return [
		...textProblems(embed, path, { title: { max: 256 }, description: { max: 4_096 } }),
		...part('footer', { text: { max: 2_048 } }),
		...part('author', { name: { max: 256 } }),
		...countProblems(fields.length, [...path, 'fields'], 0, embedFieldLimit),
		...fields.flatMap((field, index) =>
			textProblems(field, [...path, 'fields', index], { name: { min: 1, max: 256 }, value: { min: 1, max: 1_024 } }),
		),
	];
}

function embedTexts(embed: Json): string[] {
	const { author, footer } = embed;
	return [
		embed.title,
		embed.description,
		...objectsOf(embed.fields).flatMap(({ name, value }) => [name, value]),
		isJson(footer) ? footer.text : '',
		isJson(author) ? author.name : '',
	].map((text) => textOf(text).trim());
}

function legacyProblems(given: Json): FieldProblem[] {
	const isUsed: Record<string, boolean> = {
		content: textOf(given.content) !== '',
		embeds: listOf(given.embeds).length > 0,
		poll: isJson(given.poll),
		sticker_ids: listOf(given.sticker_ids).length > 0,
	};
	return Object.keys(isUsed)
		.filter((field) => isUsed[field])
		.map((field) => ({
			path: field === 'content' ? contentPath : [field],
			code: 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
			message: `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
		}));
}
