/** What a message says, piece by piece. */

import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import type { ForwardedPart, Message, Part, Platform } from '../wire.ts';
import { Icon } from './icons.tsx';
import { CodeBlock, renderMarkdown } from './markdown.tsx';
import { type NameOf, renderMrkdwn } from './mrkdwn.tsx';
import { nameOf } from './selectors.ts';
import { usePane } from './stage.ts';

export function Body({ message }: { message: Message }) {
	const { view, words } = usePane();
	const { parts, platform, isStreaming, isEdited, isCard } = message;
	const content = useMemo(
		() => parts.map((part, index) => <div key={`${part.format}${index}`}>{renderPart(part, platform, (id) => nameOf(view, id))}</div>),
		[parts, platform, view.people],
	);
	return (
		<div class={`body ${isStreaming ? 'streaming' : ''} ${isCard ? 'card' : ''}`}>
			{content}
			{isStreaming && parts.length === 0 && <span class="note">{words.typing}</span>}
			{isEdited && <span class="edited">{words.edited}</span>}
		</div>
	);
}

function renderPart(part: Part, platform: Platform, nameOfId: NameOf): ComponentChildren {
	switch (part.format) {
		case 'markdown':
			return renderMarkdown(part.text, platform, nameOfId);
		case 'mrkdwn':
			return renderMrkdwn(part.text, nameOfId);
		case 'heading':
			return <h4>{part.text}</h4>;
		case 'note':
			return (
				<div class="note">{platform === 'slack' ? renderMrkdwn(part.text, nameOfId) : renderMarkdown(part.text, platform, nameOfId)}</div>
			);
		case 'quote':
			return <blockquote class="quoted">{part.text}</blockquote>;
		case 'code':
			return <CodeBlock language={part.language} text={part.text.replace(/\n$/, '')} />;
		case 'table':
			return <Table rows={part.rows} />;
		case 'chart':
			return <Chart title={part.title} bars={part.bars} />;
		case 'file':
			return (
				<p class="file">
					<Icon name="file" />
					{part.text}
				</p>
			);
		case 'choices':
			return (
				<ul class="choices">
					{part.choices.map((choice, index) => (
						<li class="choice" key={index}>
							{choice}
						</li>
					))}
				</ul>
			);
		case 'forwarded':
			return <Forwarded part={part} />;
		case 'divider':
			return <hr />;
		default:
			return <p>{part.text}</p>;
	}
}

/** A message within the message: whose it is and where it was said, as far as the platform tells, and its words. */
function Forwarded({ part: { authorId, placeName, parts } }: { part: ForwardedPart }) {
	const { view, words, platform } = usePane();
	return (
		<blockquote class="forwarded">
			<p class="note">
				<Icon name="forward" /> {words.forwarded}
				{placeName !== null && ` ${words.forwardedFrom(placeName)}`}
			</p>
			{authorId !== null && <strong>{nameOf(view, authorId)}</strong>}
			{parts.map((part, index) => (
				<div key={`${part.format}${index}`}>{renderPart(part, platform, (id) => nameOf(view, id))}</div>
			))}
		</blockquote>
	);
}

function Chart({ title, bars }: Pick<Extract<Part, { format: 'chart' }>, 'title' | 'bars'>) {
	const most = Math.max(1, ...bars.map(({ value }) => value));
	return (
		<figure class="chart">
			<figcaption>{title}</figcaption>
			<dl>
				{bars.map(({ label, value }) => (
					<div key={label}>
						<dt>{label}</dt>
						<dd>
							<meter max={most} value={value} />
							{value}
						</dd>
					</div>
				))}
			</dl>
		</figure>
	);
}

function Table({ rows: [head = [], ...rows] }: { rows: string[][] }) {
	return (
		<div class="table-frame">
			<table>
				<thead>
					<tr>
						{head.map((cell, index) => (
							<th key={index}>{cell}</th>
						))}
					</tr>
				</thead>
				<tbody>
					{rows.map((row, number) => (
						<tr key={number}>
							{row.map((cell, index) => (
								<td key={index}>{cell}</td>
							))}
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}
