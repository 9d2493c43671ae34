/** Above the messages: what the conversation is called, where it is held, and what can be done with it. */

import { useState } from 'preact/hooks';
import type { ConversationView } from '#src/api/contract/conversations.ts';
import { ConversationMenu } from './conversation-menu.tsx';
import { usePage } from './page-context.ts';
import { PlaceBadge, usePlaceName } from './place-badge.tsx';
import { RenameField } from './rename-field.tsx';

/** @param view Null for one that is only being begun. */
export function TalkHeader({ title, view }: { title: string; view: ConversationView | null }) {
	if (view === null) {
		return (
			<header class="talk-header">
				<h1 dir="auto">{title}</h1>
			</header>
		);
	}
	return <KnownHeader key={view.id} title={title} view={view} />;
}

function KnownHeader({ title, view }: { title: string; view: ConversationView }) {
	const { chat } = usePage();
	const place = usePlaceName(view);
	const [isRenaming, setIsRenaming] = useState(false);
	return (
		<header class="talk-header">
			{view.platform !== 'web' && <PlaceBadge view={view} />}
			<h1 dir="auto" class={isRenaming ? 'unseen' : ''}>
				{title}
			</h1>
			{isRenaming && <RenameField view={view} onDone={() => setIsRenaming(false)} />}
			{view.platform !== 'web' && <span class="hint place">{place}</span>}
			<ConversationMenu view={view} class="icon-button" onRename={() => setIsRenaming(true)} onRemove={() => chat.remove(view)} />
		</header>
	);
}
