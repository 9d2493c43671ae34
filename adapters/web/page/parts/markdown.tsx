/** Markdown of a model as Preact nodes: no HTML is ever parsed or inserted, links go to the web and to mail only, images are links, code stays as it is. */

import MarkdownIt, { type Token } from 'markdown-it';
import { type ComponentChildren, Fragment, h } from 'preact';
import { useMemo } from 'preact/hooks';
import { readBlocks } from '#src/markdown/blocks.ts';
import { isLying } from '#src/markdown/lying-link.ts';
import { CopyButton } from './copy-button.tsx';
import { usePage } from './page-context.ts';

const parser = new MarkdownIt({ html: false, linkify: true, breaks: true });
// `main.rs` and `notes.md` are names of files more often than addresses.
parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false });

/** Elements that may appear, by the tag that the parser names. Headings of a message stand below those of the page. */
const elements: Readonly<Record<string, string>> = {
	...{ p: 'p', ul: 'ul', ol: 'ol', li: 'li', blockquote: 'blockquote', strong: 'strong', em: 'em', s: 's' },
	...{ h1: 'h3', h2: 'h4', h3: 'h5', h4: 'h6', h5: 'h6', h6: 'h6' },
	...{ table: 'table', thead: 'thead', tbody: 'tbody', tr: 'tr', th: 'th', td: 'td' },
};
/** Those whose text has a direction of its own, whatever that of the page. */
const turned: ReadonlySet<string> = new Set(['p', 'li', 'h3', 'h4', 'h5', 'h6', 'th', 'td', 'blockquote']);

/** Finished or not: an open fence or list shows as far as it goes. While the text grows, only its last block is read again. */
export function Markdown({ text }: { text: string }) {
	const blocks = useMemo(() => readBlocks(text.replace(/\r\n?/g, '\n')).blocks, [text]);
	return (
		<div class="text">
			{blocks.map(({ source, start }) => (
				<TextBlock key={start} source={source} />
			))}
		</div>
	);
}

/** The same nodes are not looked at again. */
function TextBlock({ source }: { source: string }) {
	return useMemo(() => <>{nodesOf(parser.parse(source, {}))}</>, [source]);
}

function nodesOf(tokens: readonly Token[]): ComponentChildren[] {
	const root: ComponentChildren[] = [];
	const open: { token: Token; children: ComponentChildren[] }[] = [];
	const add = (node: ComponentChildren) => (open.at(-1)?.children ?? root).push(node);
	for (const token of tokens) {
		if (token.nesting === 1) {
			open.push({ token, children: [] });
		} else if (token.nesting === -1) {
			const closed = open.pop();
			if (closed !== undefined) add(elementOf(closed.token, closed.children));
		} else {
			add(leafOf(token));
		}
	}
	// Deeper than it reads, the parser leaves things open.
	for (const { children } of open.reverse()) root.push(...children);
	return root;
}

function elementOf(token: Token, children: ComponentChildren[]): ComponentChildren {
	const name = elements[token.tag];
	if (token.tag === 'a') return <SafeLink address={String(token.attrGet('href') ?? '')}>{children}</SafeLink>;
	if (token.hidden || name === undefined) return <Fragment>{children}</Fragment>;
	if (name === 'table') return <TableFrame>{h('table', null, children)}</TableFrame>;
	const start = token.attrGet('start');
	return h(name, { ...(turned.has(name) ? { dir: 'auto' } : {}), ...(start === null ? {} : { start: Number(start) }) }, children);
}

function leafOf(token: Token): ComponentChildren {
	switch (token.type) {
		case 'inline':
			return nodesOf(token.children ?? []);
		case 'softbreak':
		case 'hardbreak':
			return <br />;
		case 'code_inline':
			return <code dir="ltr">{token.content}</code>;
		case 'fence':
		case 'code_block':
			return <CodeBlock language={token.info.trim().split(/\s/)[0] ?? ''} text={token.content.replace(/\n$/, '')} />;
		case 'hr':
			return <hr />;
		case 'image': {
			const address = String(token.attrGet('src') ?? '');
			return <SafeLink address={address}>{token.content || address}</SafeLink>;
		}
		default:
			return token.content;
	}
}

/** In a tab of its own. Where the label names another host than the link leads to, or hides it, the host stands behind it. */
export function SafeLink({ address, children }: { address: string; children: ComponentChildren }) {
	if (!/^(https?:|mailto:)/i.test(address) || !URL.canParse(address)) return <>{children}</>;
	const { protocol, hostname, pathname } = new URL(address);
	const leadsTo = protocol === 'mailto:' ? pathname : hostname;
	return (
		<>
			<a href={address} target="_blank" rel="noreferrer noopener" title={address}>
				{children}
			</a>
			{isLying({ href: address, label: plainText(children), following: '' }) && <span class="host"> ({leadsTo})</span>}
		</>
	);
}

/** What stands in nodes, for whoever reads it. */
function plainText(nodes: ComponentChildren): string {
	if (Array.isArray(nodes)) return nodes.map(plainText).join('');
	if (typeof nodes === 'string' || typeof nodes === 'number') return String(nodes);
	const { props } = (nodes ?? {}) as { props?: { children?: ComponentChildren } };
	return props === undefined ? '' : plainText(props.children);
}

function CodeBlock({ language, text }: { language: string; text: string }) {
	const { words } = usePage();
	return (
		<figure class="code">
			<figcaption>
				<span>{language}</span>
				<CopyButton text={text} />
			</figcaption>
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
			<section class="code-frame" tabIndex={0} aria-label={words.message.code(language)}>
				<pre dir="ltr">
					<code>{text}</code>
				</pre>
			</section>
		</figure>
	);
}

function TableFrame({ children }: { children: ComponentChildren }) {
	const { words } = usePage();
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
		<section class="table-frame" tabIndex={0} aria-label={words.message.table}>
			{children}
		</section>
	);
}
