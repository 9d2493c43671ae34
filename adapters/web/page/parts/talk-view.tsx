/** The open conversation: what was said, what is being written, and where one asks. */

import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { ConversationView } from '#src/api/contract/conversations.ts';
import { newDraft } from '../state/chat.ts';
import type { OutgoingQuestion } from '../state/outbox.ts';
import { canAskIn, type Talk } from '../state/talk.ts';
import { answerToStop, isAwaited, linesOf, type TalkLine } from '../state/talk-lines.ts';
import { Announcer } from './announcer.tsx';
import { Beginning } from './beginning.tsx';
import { Composer } from './composer.tsx';
import { IconButton } from './icon-button.tsx';
import { Markdown } from './markdown.tsx';
import { MessageRow, PlainText, Said } from './message-row.tsx';
import { usePage, useStored } from './page-context.ts';
import { Scroller } from './scroller.tsx';
import { SourceSheet } from './source-sheet.tsx';
import { TalkHeader } from './talk-header.tsx';
import { TroubleLines } from './trouble-lines.tsx';

export function TalkView() {
	const { chat, words } = usePage();
	const talk = useStored(chat.open.talk);
	const outgoing = useStored(chat.outbox.questions);
	const { shown } = useStored(chat.list.list);
	const view = shown.find(({ id }) => id === talk.conversationId) ?? talk.view;
	const isAnswering = isAwaited(talk, outgoing);
	const title = talk.isGone ? words.product : (view?.title ?? (talk.begins === null ? words.list.untitled : words.list.begin));
	useEffect(() => {
		document.title = `${title} · ${words.product}`;
	}, [title, words]);
	const lines = linesOf(talk, outgoing);
	const isEmpty = lines.length === 0 && talk.begins !== null && talk.continues === null;
	return (
		<main id="talk" class={isEmpty ? 'talk empty' : 'talk'} tabIndex={-1}>
			<TalkHeader title={title} view={talk.isGone ? null : view} />
			<Messages talk={talk} lines={lines} isAnswering={isAnswering} />
			<Announcer talk={talk} isAnswering={isAnswering} />
			<TroubleLines />
			{canAskIn(talk) ? (
				<Composer key={talk.begins ?? talk.conversationId} conversation={talk.conversationId ?? newDraft} answerId={answerToStop(talk)} />
			) : (
				!talk.isGone && view !== null && <Elsewhere view={view} />
			)}
			<SourceSheet talk={talk} />
		</main>
	);
}

function Messages({ talk, lines, isAnswering }: { talk: Talk; lines: readonly TalkLine[]; isAnswering: boolean }) {
	const { chat, words } = usePage();
	const canRetry = canAskIn(talk);
	const doing = talk.texts.some(({ answerId }) => answerId !== null) ? words.talk.writing : talk.activity || words.talk.thinking;
	const turn = Math.max(
		0,
		lines.findLastIndex((line) => line.kind === 'outgoing' || (line.kind === 'said' && line.message.role === 'user')),
	);
	const shown = useKeptLines(lines, canRetry);
	return (
		<Scroller
			name={talk.begins ?? talk.conversationId ?? ''}
			first={lines[0]?.key ?? ''}
			label={words.talk.messages}
			before={
				<>
					{talk.nextBefore !== null && (
						<button type="button" class="earlier" onClick={() => void chat.open.loadEarlier()}>
							{words.talk.earlier}
						</button>
					)}
					{lines.length === 0 && <Beginning talk={talk} />}
					{!talk.isLoaded && <p class="hint">{words.talk.loading}</p>}
					{talk.isGone && <p role="status">{words.talk.gone}</p>}
					{shown.slice(0, turn)}
				</>
			}
		>
			{shown.slice(turn)}
			{isAnswering && <p class="activity">{`${words.message.bot} ${doing}`}</p>}
			<Notices talk={talk} />
		</Scroller>
	);
}

/** A line that stays as it is stays the same node, and is not looked at again while another one grows: of a thousand that would take longer than a frame. */
function useKeptLines(lines: readonly TalkLine[], canRetry: boolean): VNode[] {
	const kept = useRef<ReadonlyMap<string, KeptLine>>(new Map());
	const next = new Map(
		lines.map((line): [string, KeptLine] => {
			const before = kept.current.get(line.key);
			const isSame = before !== undefined && before.canRetry === canRetry && isUnchanged(before.line, line);
			return [line.key, isSame ? before : { line, canRetry, node: <Line key={line.key} line={line} canRetry={canRetry} /> }];
		}),
	);
	kept.current = next;
	return [...next.values()].map(({ node }) => node);
}

interface KeptLine {
	line: TalkLine;
	canRetry: boolean;
	node: VNode;
}

function isUnchanged(one: TalkLine, other: TalkLine): boolean {
	if (one.kind !== 'said' || other.kind !== 'said') return false;
	const isSameText = one.message === other.message && one.text === other.text && one.isWriting === other.isWriting;
	return isSameText && one.versions.length === other.versions.length && one.versions.length <= 1;
}

/** A conversation of a chat platform: read here, and gone on with in one of the web. */
function Elsewhere({ view }: { view: ConversationView }) {
	const { chat, words } = usePage();
	return (
		<p class="elsewhere">
			<span>{words.talk.elsewhere(words.places[view.platform] ?? view.platform)}</span>
			<button type="button" class="primary" onClick={() => chat.goOn(view)}>
				{words.talk.goOn}
			</button>
		</p>
	);
}

/** What the bot says to this person alone. */
function Notices({ talk: { notices } }: { talk: Talk }) {
	const { chat, words } = usePage();
	return (
		<>
			{notices.map(({ id, text }) => (
				<aside key={id} class="notice" aria-label={words.talk.onlyYou}>
					<p class="hint">{words.talk.onlyYou}</p>
					<PlainText text={text} />
					<IconButton icon="close" label={words.talk.dismiss} class="dismiss" onPress={() => chat.open.dismiss(id)} />
				</aside>
			))}
		</>
	);
}

function Line({ line, canRetry }: { line: TalkLine; canRetry: boolean }) {
	const { words } = usePage();
	if (line.kind === 'outgoing') return <Outgoing outgoing={line.outgoing} />;
	if (line.kind === 'said') return <MessageRow {...line} canRetry={canRetry} />;
	if (line.kind === 'aside') return <Aside text={line.text} />;
	return (
		<Said name={words.message.bot} kind="of-bot" id={line.key} isWriting>
			<Markdown text={line.text} isWriting />
		</Said>
	);
}

/** Quieter than what was said. */
function Aside({ text }: { text: string }) {
	return (
		<div class="aside hint">
			<Markdown text={text} />
		</div>
	);
}

function Outgoing({ outgoing: { question, state, reason, ids } }: { outgoing: OutgoingQuestion }) {
	const { chat, words } = usePage();
	return (
		<Said name={words.message.me} kind="mine" id={ids?.questionId ?? question.clientId}>
			<PlainText text={question.text} />
			{state === 'waiting' && <p class="hint">{`${words.talk.waiting} ${reason}`}</p>}
			{state === 'refused' && (
				<div role="alert">
					<p>
						{words.talk.refused} {reason || words.line.trouble}
					</p>
					<button type="button" onClick={() => chat.takeBack(question)}>
						{words.talk.takeBack}
					</button>
				</div>
			)}
		</Said>
	);
}
