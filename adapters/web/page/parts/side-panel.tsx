/** The conversations at the side: all of the person's, on whatever platform, with their place. */

import { useEffect, useState } from 'preact/hooks';
import { goTo } from './address.ts';
import { Brand } from './brand.tsx';
import { ConversationRows } from './conversation-rows.tsx';
import { Icon } from './icon.tsx';
import { IconButton } from './icon-button.tsx';
import { Menu } from './menu.tsx';
import { usePage, useStored } from './page-context.ts';
import { PlaceLink } from './place-link.tsx';
import { SearchField } from './search-field.tsx';

export function SidePanel({ onSettings }: { onSettings(): void }) {
	const { words } = usePage();
	const [isOpen, setIsOpen] = useState(false);
	const close = () => setIsOpen(false);
	useEffect(() => {
		if (!isOpen) return;
		const onKeyDown = (event: KeyboardEvent) => event.key === 'Escape' && close();
		addEventListener('keydown', onKeyDown);
		return () => removeEventListener('keydown', onKeyDown);
	}, [isOpen]);
	return (
		<>
			<button type="button" class="side-button icon-button" aria-expanded={isOpen} aria-controls="side" onClick={() => setIsOpen(!isOpen)}>
				<Icon name={isOpen ? 'close' : 'menu'} />
				<span class="unseen">{isOpen ? words.list.close : words.list.open}</span>
			</button>
			{isOpen && <div class="side-shade" onClick={close} aria-hidden="true" />}
			<nav id="side" class={isOpen ? 'side open' : 'side'} aria-label={words.list.title}>
				<Brand />
				<PlaceLink route={{ name: 'new' }} class="begin" onGo={close}>
					<Icon name="write" />
					{words.list.begin}
				</PlaceLink>
				<SearchField />
				<Shelf onGo={close} />
				<Foot onSettings={onSettings} />
			</nav>
		</>
	);
}

/** What is in the list: conversations of everyday, archived ones, or what was found. */
function Shelf({ onGo }: { onGo(): void }) {
	const { chat, words } = usePage();
	const { shelf, shown, found, isLoaded, search, nextCursor } = useStored(chat.list.list);
	const removals = useStored(chat.removals.removals);
	const isSearch = search.trim() !== '';
	const leaving = new Set(removals.map(({ view }) => view.id));
	const views = (isSearch ? (found ?? []) : shown).filter(({ id }) => !leaving.has(id));
	const empty = { found: words.list.nothingFound, archived: words.list.noneArchived, current: words.list.empty };
	const isEmpty = views.length === 0 && (isSearch ? found !== null : isLoaded && nextCursor === null);
	return (
		<>
			{shelf === 'archived' && !isSearch && (
				<p class="shelf-name">
					<IconButton icon="left" label={words.list.back} onPress={() => void chat.list.turnTo('current')} />
					{words.list.archived}
				</p>
			)}
			{isSearch && found !== null && (
				<p class="unseen" role="status">
					{words.list.foundCount(views.length)}
				</p>
			)}
			{isEmpty && <p class="hint">{empty[isSearch ? 'found' : shelf]}</p>}
			<ConversationRows views={views} isSearch={isSearch} onGo={onGo} />
		</>
	);
}

function Foot({ onSettings }: { onSettings(): void }) {
	const { chat, words } = usePage();
	const { me } = useStored(chat.session);
	const name = me?.name ?? '';
	return (
		<div class="side-end">
			<Menu
				label={words.list.account(name)}
				class="account"
				choices={[
					...(me?.isAdministrator === true
						? [{ icon: 'people', label: words.list.administration, act: () => goTo({ name: 'admin', room: 'people' }) } as const]
						: []),
					{ icon: 'gear', label: words.settings.title, act: onSettings },
					{ icon: 'box', label: words.list.archived, act: () => void chat.list.turnTo('archived') },
					{ icon: 'leave', label: words.list.signOut, act: () => void chat.signOut() },
				]}
			>
				<span class="initial" aria-hidden="true" data-letter={[...name][0]?.toUpperCase()} />
				<span class="who">{name}</span>
				<Icon name="more" />
			</Menu>
		</div>
	);
}
