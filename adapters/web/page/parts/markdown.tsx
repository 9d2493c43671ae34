/** Markdown of a model as Preact nodes: no HTML is ever parsed or inserted, links go to the web and to mail only, images are links, code stays as it is. */

import MarkdownIt, { type Token } from 'markdown-it';
import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { readBlocks } from '#src/markdown/blocks.ts';
import { isLying } from '#src/markdown/lying-link.ts';
import { meantText } from '#src/markdown/model-text/model-text.ts';
import { CodeBlock, WholeProvider } from './code-block.tsx';
import { Formula } from './formula.tsx';
import { formulaToken, teachFormulas } from './formula-rule.ts';
import { usePage } from './page-context.ts';
import { CitedText, CitingProvider, type Source } from './sources.tsx';
import { nodesOf, type TokenMakers } from './token-nodes.tsx';

const parser = new MarkdownIt({ html: false, linkify: true, breaks: true });
// `main.rs` and `notes.md` are names of files more often than addresses.
parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
teachFormulas(parser);

/** Those whose text has a direction of its own, whatever that of the page. */
const turned: ReadonlySet<string> = new Set(['p', 'li', 'h3', 'h4', 'th', 'td', 'blockquote']);

const makers: TokenMakers = {
	elements: {
		...{ p: 'p', ul: 'ul', ol: 'ol', li: 'li', blockquote: 'blockquote', strong: 'strong', em: 'em', s: 's' },
		// Headings of a message stand below its own, the name of who said it; models begin with any of the first three.
		...{ h1: 'h3', h2: 'h3', h3: 'h3', h4: 'h4', h5: 'h4', h6: 'h4' },
		...{ table: 'table', thead: 'thead', tbody: 'tbody', tr: 'tr', th: 'th', td: 'td' },
	},
	attributes: (name, token, children) => ({ ...(turned.has(name) ? { dir: 'auto' } : {}), ...cellClass(name, token, children) }),
	link: (address, children) => <SafeLink address={address}>{children}</SafeLink>,
	code: (language, text) => <CodeBlock language={language} text={text} />,
	text: (text) => (/\[\d/.test(text) ? <CitedText text={text} /> : text),
	inlineCode: (text) => <code dir="ltr">{text}</code>,
	table: (table) => <TableFrame>{table}</TableFrame>,
	taught: ({ type, content, meta }) => (type === formulaToken ? <Formula tex={content} isApart={meta?.['isApart'] === true} /> : null),
};

interface MarkdownProps {
	text: string;
	/** Of an answer: what `[1]` in it names. */
	answerId?: string;
	sources?: readonly Source[];
	/** More of it comes. */
	isWriting?: boolean;
}

const none: readonly Source[] = [];

/** Finished or not: an open fence or list shows as far as it goes. While the text grows, only its last block is read again. */
export function Markdown({ text, answerId = '', sources = none, isWriting = false }: MarkdownProps) {
	const blocks = useMemo(() => {
		const lines = text.replace(/\r\n?/g, '\n');
		// What is being written comes as it is meant; what is stored is what the model wrote.
		return readBlocks(isWriting ? lines : meantText(lines)).blocks;
	}, [text, isWriting]);
	const citing = useMemo(() => ({ answerId, sources }), [answerId, sources]);
	return (
		<CitingProvider.Provider value={citing}>
			<div class="text">
				{blocks.map(({ source, start, isComplete }) => (
					<WholeProvider.Provider key={start} value={isComplete || !isWriting}>
						<TextBlock source={source} />
					</WholeProvider.Provider>
				))}
			</div>
		</CitingProvider.Provider>
	);
}

/** The same nodes are not looked at again. */
function TextBlock({ source }: { source: string }) {
	return useMemo(() => <>{nodesOf(parser.parse(source, {}), makers)}</>, [source]);
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

/** Cells up to this many characters stand in one line: what is wide scrolls in its own box. */
const shortCell = 18;

/** A column's side, and whether a cell is too short to be broken. */
function cellClass(name: string, token: Token, children: ComponentChildren): { class?: string } {
	if (name !== 'td' && name !== 'th') return {};
	const side = /text-align:(right|center)/.exec(String(token.attrGet('style') ?? ''))?.[1];
	const classes = [plainText(children).length <= shortCell && 'short', side === 'right' && 'to-end', side === 'center' && 'to-middle'];
	const named = classes.filter(Boolean).join(' ');
	return named === '' ? {} : { class: named };
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
