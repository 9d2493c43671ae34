/** Adaptive Cards: a message with buttons, and what a pressed one says. Pure. */

import { readBlocks } from '#src/markdown/blocks.ts';
import { makeInlineSafe, withoutCode } from '#src/markdown/safe-inline.ts';
import type { ButtonAction } from '#src/platform/chat-event.ts';
import type { Button } from '#src/platform/chat-platform.ts';
import type { SourceList } from '#src/platform/source.ts';
import { asObject, type Json, textOf } from '../json.ts';
import { lastCardReading } from './last-reading.ts';
import { chosenPassage, type PassageControls, toSourceLines } from './sources.ts';
import { toTableElement } from './tables.ts';

/** "Universal Actions for Adaptive Cards" need 1.4, tables 1.5; later versions are not shown everywhere. */
const cardVersion = '1.5';
const contentType = 'application/vnd.microsoft.card.adaptive';
/** Says that a button is ours; the field of its data that carries the rest. */
const mark = 'openccb';

/** What a card has besides its text. */
export interface CardParts {
	buttons: readonly Button[];
	passages?: PassageControls;
	/** Told below the text. */
	sources?: SourceList;
}

/** A card with the text, where there is any, its sources and the buttons below it; those for passages belong to the reply. */
export function toCard(text: string, { buttons, passages = { buttons: [], inputs: [] }, sources }: CardParts, replyId: string): Json {
	const lines = sources === undefined ? [] : toSourceLines(sources, toCardText);
	return toCardAttachment(
		[...readBlocks(text).blocks.map(({ kind, source, language }) => toElement(kind, source, language)), ...lines, ...passages.inputs],
		[
			...buttons.map(({ label, action }) => toAction(label, { name: action.name, replyId: action.replyId })),
			...passages.buttons.map(({ label, position }) =>
				toAction(label, { name: 'passage', replyId, ...(position === null ? {} : { position }) }),
			),
		],
	);
}

/** As messages carry it. */
export function toCardAttachment(body: Json[], actions: Json[]): Json {
	const content = {
		type: 'AdaptiveCard',
		$schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
		version: cardVersion,
		body,
		actions,
		msteams: { width: 'Full' },
	};
	return { contentType, content };
}

/** "RichTextBlock": a run of it is text and never Markdown, whatever names and brackets are in it. */
export function toLine(text: string, looks: Json = {}): Json {
	return { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text, ...looks }] };
}

/** Buttons that say nothing but which answer they are about. */
const plainActions = ['stop', 'retry', 'privately', 'sql', 'csv', 'confirm'] as const;

/** What a pressed button means, or null when it is none of ours. The inverse of what `toCard` writes. */
export function parseButton(data: unknown): ButtonAction | null {
	const given = asObject(data);
	const { name, replyId, position = given[chosenPassage] } = asObject(given[mark]);
	const id = textOf(replyId);
	if (id === '') return null;
	if (name === 'passage') return /^\d{1,3}$/.test(String(position)) ? { name, replyId: id, position: Number(position) } : null;
	const plain = plainActions.find((one) => one === name);
	return plain === undefined ? null : { name: plain, replyId: id };
}

function toElement(kind: string, source: string, language: string): Json {
	switch (kind) {
		case 'code':
			return toCodeBlock(source, language);
		case 'table':
			return toTableElement(source, toCardText);
		case 'quote':
			return { type: 'Container', style: 'emphasis', items: [toTextBlock(source.replace(/^ {0,3}> ?/gm, ''))] };
		default:
			return toTextBlock(source);
	}
}

function toTextBlock(source: string): Json {
	return { type: 'TextBlock', text: toCardText(source), wrap: true };
}

/** "CodeBlock in Adaptive Cards": the languages that Teams colours, by the words that models use for them. */
const languages: Readonly<Record<string, string>> = {
	bash: 'Bash',
	c: 'C',
	'c++': 'Cpp',
	cpp: 'Cpp',
	csharp: 'CSharp',
	cs: 'CSharp',
	css: 'CSS',
	dos: 'DOS',
	go: 'Go',
	graphql: 'GraphQL',
	html: 'HTML',
	java: 'Java',
	javascript: 'JavaScript',
	js: 'JavaScript',
	json: 'JSON',
	perl: 'Perl',
	php: 'PHP',
	powershell: 'PowerShell',
	python: 'Python',
	py: 'Python',
	sql: 'SQL',
	typescript: 'TypeScript',
	ts: 'TypeScript',
	vb: 'VbNet',
	verilog: 'Verilog',
	vhdl: 'VHDL',
	xml: 'XML',
	sh: 'Bash',
	shell: 'Bash',
};

function toCodeBlock(source: string, language: string): Json {
	const lines = source.split('\n');
	const isClosed = lines.length > 1 && /^ {0,3}(?:`{3,}|~{3,})[ \t]*$/.test(lines.at(-1) ?? '');
	const codeSnippet = lines.slice(1, isClosed ? -1 : undefined).join('\n');
	return { type: 'CodeBlock', codeSnippet, language: languages[language.toLowerCase()] ?? 'PlainText' };
}

/**
 * A card shows no tags, so that it needs no character references for angle brackets. It shows no code either: what was code, and
 * what was written with references, is read again as the text that it is here.
 */
export function toCardText(text: string): string {
	return lastCardReading.makeClean(makeInlineSafe(text.replaceAll('&lt;', '<').replaceAll('&amp;', '&'), withoutCode));
}

/** Old clients do not know `Action.Execute`; its fallback sends the same as a message of its own. */
function toAction(label: string, marked: Json): Json {
	const data = { [mark]: marked };
	return {
		type: 'Action.Execute',
		title: label,
		verb: mark,
		data,
		fallback: { type: 'Action.Submit', title: label, data },
	};
}
