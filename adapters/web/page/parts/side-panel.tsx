/** The conversations at the side: all of the person's, on whatever platform, with their place. */

import { useEffect, useRef, useState } from 'preact/hooks';
import type { ConversationView } from '#src/api/contract/conversations.ts';
import { type PageRoute, pathOf } from '../state/page-route.ts';
import type { Talk } from '../state/talk.ts';
import { goTo } from './address.ts';
import { usePage, useSelected, useStored } from './page-context.ts';

/** Faster than this nobody types whole words. */
const searchAfterMs = 250;

export function SidePanel() {
	const { chat, words } = usePage();
	const { me } = useStored(chat.session);
	const { shown, found, nextCursor, isLoaded, search } = useStored(chat.list.list);
	const openId = useSelected(chat.open.talk, idOf);
	const [isOpen, setIsOpen] = useState(false);
	const views = search.trim() === '' ? shown : (found ?? []);
	const close = () => setIsOpen(false);
	const isEmpty = views.length === 0 && (search.trim() === '' ? isLoaded : found !== null);
	return (
		<>
			<button type="button" class="side-button" aria-expanded={isOpen} aria-controls="side" onClick={() => setIsOpen(!isOpen)}>
				<span aria-hidden="true">☰</span>
				<span class="unseen">{isOpen ? words.list.close : words.list.open}</span>
			</button>
			<nav id="side" class={isOpen ? 'side open' : 'side'} aria-label={words.list.title}>
				<PlaceLink route={{ name: 'new' }} class="begin" onGo={close}>
					{words.list.begin}
				</PlaceLink>
				<SearchField />
				<ul class="conversations">
					{views.map((view) => (
						<ConversationRow key={view.id} view={view} isCurrent={view.id === openId} onGo={close} />
					))}
				</ul>
				{isEmpty && <p class="hint">{search.trim() === '' ? words.list.empty : words.list.nothingFound}</p>}
				{search.trim() === '' && nextCursor !== null && (
					<button type="button" onClick={() => void chat.list.loadMore()}>
						{words.list.more}
					</button>
				)}
				<div class="side-end">
					<span class="who">{me?.name}</span>
					<button type="button" onClick={() => void chat.signOut()}>
						{words.list.signOut}
					</button>
				</div>
			</nav>
		</>
	);
}

function SearchField() {
	const { chat, words } = usePage();
	const [typed, setTyped] = useState(chat.list.list.get().search);
	const isFirst = useRef(true);
	useEffect(() => {
		if (isFirst.current) {
			isFirst.current = false;
			return;
		}
		const timer = setTimeout(() => void chat.list.search(typed), typed.trim() === '' ? 0 : searchAfterMs);
		return () => clearTimeout(timer);
	}, [typed]);
	return (
		<input
			type="search"
			class="search"
			maxLength={200}
			placeholder={words.list.search}
			aria-label={words.list.search}
			value={typed}
			onInput={(event) => setTyped(event.currentTarget.value)}
		/>
	);
}

function idOf({ conversationId }: Talk): string | null {
	return conversationId;
}

function ConversationRow({ view, isCurrent, onGo }: { view: ConversationView; isCurrent: boolean; onGo(): void }) {
	const { words, language } = usePage();
	const place = [words.places[view.platform] ?? view.platform, ...(view.platform === 'web' ? [] : [words.kinds[view.kind]])].join(', ');
	const when = new Date(view.lastSaidAt);
	return (
		<li>
			<PlaceLink route={{ name: 'conversation', id: view.id }} class="conversation" isCurrent={isCurrent} onGo={onGo}>
				<span class="title" dir="auto">
					{view.title ?? words.list.untitled}
				</span>
				<span class="about">
					{view.isPinned && `${words.list.pinned} · `}
					{place} · <time dateTime={view.lastSaidAt}>{when.toLocaleDateString(language, { day: 'numeric', month: 'short' })}</time>
				</span>
				{view.found !== null && (
					<span class="excerpt" dir="auto">
						{view.found.excerpt}
					</span>
				)}
			</PlaceLink>
		</li>
	);
}

interface PlaceLinkProps {
	route: PageRoute;
	class: string;
	isCurrent?: boolean;
	onGo(): void;
	children: preact.ComponentChildren;
}

/** A link like any other: with a key held it opens in a tab of its own. */
function PlaceLink({ route, class: name, isCurrent = false, onGo, children }: PlaceLinkProps) {
	const go = (event: MouseEvent) => {
		if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
		event.preventDefault();
		goTo(route);
		onGo();
	};
	return (
		<a href={pathOf(route)} class={name} aria-current={isCurrent ? 'page' : undefined} onClick={go}>
			{children}
		</a>
	);
}
