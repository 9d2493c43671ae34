/** What can be done with a conversation, in the list and above its messages. */

import type { ConversationView } from '#src/api/contract/conversations.ts';
import { exportAddress } from '../state/api-client.ts';
import { Icon } from './icon.tsx';
import { Menu } from './menu.tsx';
import { usePage } from './page-context.ts';

interface ConversationMenuProps {
	view: ConversationView;
	class: string;
	isSkipped?: boolean;
	onRename(): void;
	onRemove(): void;
}

export function ConversationMenu({ view, class: name, isSkipped = false, onRename, onRemove }: ConversationMenuProps) {
	const { chat, words } = usePage();
	const { isPinned, isArchived, permalink } = view;
	const place = words.places[view.platform] ?? view.platform;
	const change = (part: { isPinned: boolean } | { isArchived: boolean }) => void chat.list.change(view, part);
	return (
		<Menu
			label={words.list.actions(view.title ?? words.list.untitled)}
			class={name}
			isSkipped={isSkipped}
			choices={[
				{ icon: 'write', label: words.list.rename, act: onRename },
				{ icon: 'pin', label: isPinned ? words.list.unpin : words.list.pin, act: () => change({ isPinned: !isPinned }) },
				...(view.takesQuestions ? [] : [{ icon: 'talk', label: words.talk.goOn, act: () => chat.goOn(view) } as const]),
				...(permalink === null ? [] : [{ icon: 'open', label: words.list.openIn(place), address: permalink } as const]),
				{ icon: 'save', label: words.list.saveText, address: exportAddress(view.id, 'md'), isFile: true },
				{ icon: 'save', label: words.list.saveData, address: exportAddress(view.id, 'json'), isFile: true },
				{ icon: 'box', label: isArchived ? words.list.unarchive : words.list.archive, act: () => change({ isArchived: !isArchived }) },
				{ icon: 'bin', label: words.list.remove, isDangerous: true, act: onRemove },
			]}
		>
			<Icon name="more" />
		</Menu>
	);
}
