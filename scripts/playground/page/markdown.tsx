/** Standard Markdown as Preact nodes: no HTML is ever parsed or inserted, links go to the web and to mail only, images are links. */

import MarkdownIt from 'markdown-it';
import type { ComponentChildren } from 'preact';
import { nodesOf, type TokenMakers } from '../../../adapters/web/page/parts/token-nodes.tsx';
import type { Platform } from '../wire.ts';
import type { NameOf } from './mrkdwn.tsx';
import { messageBehind } from './selectors.ts';
import { useStage } from './stage.ts';

type Parser = ReturnType<typeof MarkdownIt>;

/** What each platform leaves as it was typed: Teams draws neither tables nor headings in text, Discord no tables and no rules. */
const parsers: Readonly<Record<Platform, Parser>> = {
	slack: createParser({ breaks: true }, []),
	teams: createParser({ breaks: false }, ['table', 'heading', 'lheading', 'image']),
	discord: createParser({ breaks: true }, ['table', 'hr', 'lheading', 'image']),
};

/** Elements that may appear, by the tag that the parser names. Slack shows all headings in one size. */
const elements: Readonly<Record<string, string>> = {
	p: 'p',
	h1: 'h4',
	h2: 'h4',
	h3: 'h4',
	h4: 'h4',
	h5: 'h4',
	h6: 'h4',
	ul: 'ul',
	ol: 'ol',
	li: 'li',
	blockquote: 'blockquote',
	table: 'table',
	thead: 'thead',
	tbody: 'tbody',
	tr: 'tr',
	th: 'th',
	td: 'td',
	strong: 'strong',
	em: 'em',
	s: 's',
};

/** Renders Markdown, finished or not: an open fence or list shows as far as it goes. */
export function renderMarkdown(source: string, platform: Platform, nameOf: NameOf): ComponentChildren {
	// Discord's small print begins with `-#`; without its mark it is a paragraph, which is close enough.
	const text = platform === 'discord' ? source.replace(/^-# +/gm, '') : platform === 'teams' ? withPlainAddresses(source) : source;
	const makers: TokenMakers = {
		elements,
		link: (address, children) => <SafeLink address={address}>{children}</SafeLink>,
		code: (language, code) => <CodeBlock language={language} text={code} />,
		inlineCode: (code) => <code>{code}</code>,
		table: (table) => <div class="table-frame">{table}</div>,
		taught: ({ type, markup, content }) =>
			type === 'mention' ? <span class="mention">{markup === '@' ? `@${nameOf(content)}` : `#${content}`}</span> : null,
	};
	return nodesOf(parsers[platform].parse(text, {}), makers);
}

/** The parser finds a bare address before it reads the entities in it. */
function withPlainAddresses(source: string): string {
	return source.replace(/https?:\/\/[^\s<>]+/g, (address) => address.replaceAll('&amp;', '&'));
}

/** A link that opens a new tab, or goes to the message that it leads to; the label alone when the address is not one of the web or of mail. */
export function SafeLink({ address, children }: { address: string; children: ComponentChildren }) {
	const { view, goTo } = useStage();
	if (!/^(https?:|mailto:)/i.test(address)) return <>{children}</>;
	const follow = (event: MouseEvent) => {
		const message = messageBehind(view, address);
		if (message === null) return;
		event.preventDefault();
		goTo(message);
	};
	return (
		<a href={address} target="_blank" rel="noreferrer noopener" title={address} onClick={follow}>
			{children}
		</a>
	);
}

export function CodeBlock({ language, text }: { language: string; text: string }) {
	return (
		<figure class="code-block">
			{language !== '' && <figcaption>{language}</figcaption>}
			<pre>
				<code>{text}</code>
			</pre>
		</figure>
	);
}

function createParser(options: { breaks: boolean }, untouched: string[]): Parser {
	const parser = new MarkdownIt({ html: false, linkify: true, ...options }).disable(untouched);
	parser.inline.ruler.before('autolink', 'mention', (state, isSilent) => {
		const match = /^<([@#])([\w-]+)>/.exec(state.src.slice(state.pos, state.pos + 80));
		if (match === null) return false;
		if (!isSilent) Object.assign(state.push('mention', '', 0), { markup: match[1], content: match[2] });
		state.pos += match[0].length;
		return true;
	});
	return parser;
}
