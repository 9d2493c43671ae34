/** Standard Markdown as Preact nodes: no HTML is ever parsed or inserted, links go to the web and to mail only, images are links. */

import MarkdownIt, { type Token } from 'markdown-it';
import { type ComponentChildren, Fragment, h } from 'preact';

const parser = new MarkdownIt({ html: false, linkify: true, breaks: true });

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
export function renderMarkdown(source: string): ComponentChildren {
	return renderTokens(parser.parse(source, {}));
}

/** A link that opens a new tab; the label alone when the address is not one of the web or of mail. */
export function SafeLink({ address, children }: { address: string; children: ComponentChildren }) {
	if (!/^(https?:|mailto:)/i.test(address)) return <>{children}</>;
	return (
		<a href={address} target="_blank" rel="noreferrer noopener" title={address}>
			{children}
		</a>
	);
}

function renderTokens(tokens: readonly Token[]): ComponentChildren[] {
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
			add(renderLeaf(token));
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

function renderLeaf(token: Token): ComponentChildren {
	switch (token.type) {
		case 'inline':
			return renderTokens(token.children ?? []);
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

function CodeBlock({ language, text }: { language: string; text: string }) {
	return (
		<figure class="code-block">
			{language !== '' && <figcaption>{language}</figcaption>}
			<pre>
				<code>{text.replace(/\n$/, '')}</code>
			</pre>
		</figure>
	);
}
