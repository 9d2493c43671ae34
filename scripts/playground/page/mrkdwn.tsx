/** Slack's own markup (mrkdwn) as Preact nodes: mentions, links, bold, italics, strike, code, quotes. */

import type { ComponentChildren } from 'preact';
import { SafeLink } from './markdown.tsx';

/** Gives the name to show for the id of a person. */
export type NameOf = (id: string) => string;

interface Inline {
	pattern: RegExp;
	render(match: RegExpExecArray, nameOf: NameOf): ComponentChildren;
}

/** Delimiters count only at the border of a word, as in Slack: `snake_case_name` stays as it is. */
const delimited = (mark: string) => new RegExp(`(?<![\\p{L}\\p{N}${mark}])${mark}(?=\\S)([^\\n]+?)(?<=\\S)${mark}(?![\\p{L}\\p{N}])`, 'u');

const inlines: readonly Inline[] = [
	{ pattern: /`([^`\n]+)`/, render: (match) => <code>{decode(match[1] ?? '')}</code> },
	{ pattern: /<@([\w-]+)>/, render: (match, nameOf) => <span class="mention">@{nameOf(match[1] ?? '')}</span> },
	{ pattern: /<#([\w-]+)>/, render: (match) => <span class="mention">#{match[1]}</span> },
	{ pattern: /<!(here|channel|everyone)[^>]*>/, render: (match) => <span class="mention">@{match[1]}</span> },
	{
		pattern: /<((?:https?:|mailto:)[^|>]+)(?:\|([^>]*))?>/,
		render: (match) => <SafeLink address={decode(match[1] ?? '')}>{decode(match[2] ?? match[1] ?? '')}</SafeLink>,
	},
	{ pattern: delimited('\\*'), render: (match, nameOf) => <strong>{renderInline(match[1] ?? '', nameOf)}</strong> },
	{ pattern: delimited('_'), render: (match, nameOf) => <em>{renderInline(match[1] ?? '', nameOf)}</em> },
	{ pattern: delimited('~'), render: (match, nameOf) => <s>{renderInline(match[1] ?? '', nameOf)}</s> },
];

/** Renders a whole text: fences, quotes and lines, with the inline markup in them. */
export function renderMrkdwn(source: string, nameOf: NameOf): ComponentChildren {
	return source.split(/```\n?([\s\S]*?)\n?```/).map((piece, index) =>
		index % 2 === 1 ? (
			<figure class="code-block" key={index}>
				<pre>
					<code>{decode(piece)}</code>
				</pre>
			</figure>
		) : (
			renderLines(piece, nameOf)
		),
	);
}

function renderLines(piece: string, nameOf: NameOf): ComponentChildren {
	const text = piece.replace(/^\n|\n$/g, '');
	if (text === '') return null;
	return groupLines(text).map(({ isQuote, lines }, index) => {
		const content = lines.map((line, number) => [number > 0 && <br />, renderInline(line, nameOf)]);
		return isQuote ? <blockquote key={index}>{content}</blockquote> : <p key={index}>{content}</p>;
	});
}

function groupLines(text: string): { isQuote: boolean; lines: string[] }[] {
	const groups: { isQuote: boolean; lines: string[] }[] = [];
	for (const line of text.split('\n')) {
		const isQuote = /^(&gt;|>)/.test(line);
		const bare = isQuote ? line.replace(/^(&gt;|>) ?/, '') : line;
		const last = groups.at(-1);
		if (last !== undefined && last.isQuote === isQuote) last.lines.push(bare);
		else groups.push({ isQuote, lines: [bare] });
	}
	return groups;
}

function renderInline(text: string, nameOf: NameOf): ComponentChildren {
	const nodes: ComponentChildren[] = [];
	let rest = text;
	while (rest !== '') {
		const first = firstInline(rest);
		if (first === null) break;
		nodes.push(decode(rest.slice(0, first.match.index)), first.inline.render(first.match, nameOf));
		rest = rest.slice(first.match.index + first.match[0].length);
	}
	nodes.push(decode(rest));
	return nodes;
}

function firstInline(text: string): { inline: Inline; match: RegExpExecArray } | null {
	let first: { inline: Inline; match: RegExpExecArray } | null = null;
	for (const inline of inlines) {
		const match = inline.pattern.exec(text);
		if (match !== null && (first === null || match.index < first.match.index)) first = { inline, match };
	}
	return first;
}

/** Slack escapes these three characters and no others. */
function decode(text: string): string {
	return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
