/** One conversation in the list: its title and place, and what can be done with it. F2 renames it, Delete removes it. */

import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ConversationView } from '#src/api/contract/conversations.ts';
import { ConversationMenu } from './conversation-menu.tsx';
import { Icon } from './icon.tsx';
import { usePage } from './page-context.ts';
import { PlaceBadge, usePlaceName } from './place-badge.tsx';
import { PlaceLink } from './place-link.tsx';
import { RenameField } from './rename-field.tsx';

interface ConversationRowProps {
	view: ConversationView;
	isCurrent: boolean;
	/** It is the one that the Tab key comes to. */
	isActive: boolean;
	onGo(): void;
	/** Keys that lead to another one. */
	onMove(event: KeyboardEvent): void;
	/** It leaves the list by what was pressed in it. */
	onLeft(): void;
}

export function ConversationRow({ view, isCurrent, isActive, onGo, onMove, onLeft }: ConversationRowProps) {
	const { chat, words } = usePage();
	const place = usePlaceName(view);
	const title = view.title ?? words.list.untitled;
	const marks = [view.isPinned && words.list.pinned, view.isUnread && !isCurrent && words.list.unread];
	const told = [title, view.found?.excerpt, place, ...marks].filter(Boolean).join(', ');
	const link = useRef<HTMLAnchorElement>(null);
	const [isRenaming, setIsRenaming] = useState(false);
	const wasRenaming = useRef(false);
	useLayoutEffect(() => {
		// Whoever renamed by keys goes on with keys.
		if (wasRenaming.current && document.activeElement === document.body) link.current?.focus();
		wasRenaming.current = isRenaming;
	}, [isRenaming]);
	const remove = () => {
		onLeft();
		chat.remove(view);
	};
	const onKeyDown = (event: KeyboardEvent) => {
		if (event.key === 'F2') setIsRenaming(true);
		else if (event.key === 'Delete') remove();
		else return onMove(event);
		event.preventDefault();
	};
	if (isRenaming) return <RenameField view={view} onDone={() => setIsRenaming(false)} />;
	return (
		<div class={isCurrent ? 'conversation-row current' : 'conversation-row'}>
			<PlaceLink
				route={{ name: 'conversation', id: view.id }}
				class="conversation"
				isCurrent={isCurrent}
				isSkipped={!isActive}
				keys="F2 Delete"
				label={told}
				link={link}
				onGo={onGo}
				onKeyDown={onKeyDown}
			>
				<PlaceBadge view={view} />
				<span class="title" dir="auto">
					{title}
				</span>
				{view.isPinned && (
					<span class="pinned">
						<Icon name="pin" />
					</span>
				)}
				{view.isUnread && !isCurrent && <span class="unread" />}
				{view.found !== null && (
					<span class="excerpt" dir="auto">
						{view.found.excerpt}
					</span>
				)}
			</PlaceLink>
			<ConversationMenu
				view={view}
				class="row-menu icon-button"
				onRename={() => setIsRenaming(true)}
				onRemove={remove}
				isSkipped={!isActive}
			/>
		</div>
	);
}
