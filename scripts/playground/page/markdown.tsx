/** Standard Markdown as Preact nodes: no HTML is ever parsed or inserted, links go to the web and to mail only, images are links. */

import MarkdownIt, { type Token } from 'markdown-it';
import { type ComponentChildren, Fragment, h } from 'preact';
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
	const text = platform === 'discord' ? source.replace(/^-# +/gm, '') : source;
	return renderTokens(parsers[platform].parse(text, {}), nameOf);
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
				<code>{text.replace(/\n$/, '')}</code>
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

function renderTokens(tokens: readonly Token[], nameOf: NameOf): ComponentChildren[] {
	const root: ComponentChildren[] = [];
	const open: { token: Token; children: ComponentChildren[] }[] = [];
	const add = (node: ComponentChildren) => (open.at(-1)?.children ?? root).push(node);
	for (const token of tokens) {
		if (token.nesting === 1) {
			open.push({ token, children: [] });
		} else if (token.nesting === -1) {
			const closed = open.pop();
			if (closed !== undefined) add(renderElement(closed.token, closed.children));
		} else {
			add(renderLeaf(token, nameOf));
		}
	}
	return root;
}

function renderElement(token: Token, children: ComponentChildren[]): ComponentChildren {
	if (token.hidden) return <Fragment>{children}</Fragment>;
	if (token.tag === 'a') return <SafeLink address={String(token.attrGet('href') ?? '')}>{children}</SafeLink>;
	const element = elements[token.tag];
	if (element === undefined) return <Fragment>{children}</Fragment>;
	if (element === 'table') return <div class="table-frame">{h('table', null, children)}</div>;
	const start = token.attrGet('start');
	return h(element, start === null ? null : { start: Number(start) }, children);
}

function renderLeaf(token: Token, nameOf: NameOf): ComponentChildren {
	switch (token.type) {
		case 'inline':
			return renderTokens(token.children ?? [], nameOf);
		case 'mention':
			return <span class="mention">{token.markup === '@' ? `@${nameOf(token.content)}` : `#${token.content}`}</span>;
		case 'softbreak':
		case 'hardbreak':
			return <br />;
		case 'code_inline':
			return <code>{token.content}</code>;
		case 'fence':
		case 'code_block':
			return <CodeBlock language={token.info.trim().split(/\s/)[0] ?? ''} text={token.content} />;
		case 'hr':
			return <hr />;
		case 'image':
			return <SafeLink address={String(token.attrGet('src') ?? '')}>{token.content || String(token.attrGet('src') ?? '')}</SafeLink>;
		default:
			return token.content;
	}
}
