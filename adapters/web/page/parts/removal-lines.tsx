/** What was just removed, with the way back as long as there is one. */

import { IconButton } from './icon-button.tsx';
import { usePage, useStored } from './page-context.ts';

export function RemovalLines() {
	const { chat, words } = usePage();
	const removals = useStored(chat.removals.removals);
	return (
		<div class="toasts" role="status">
			{removals.map(({ view, state, message }) => (
				<div key={view.id} class="toast">
					{state === 'pending' ? (
						<>
							<span dir="auto">{words.list.removed(view.title ?? words.list.untitled)}</span>
							<button type="button" onClick={() => chat.removals.undo(view.id)}>
								{words.list.undo}
							</button>
						</>
					) : (
						<>
							<span>{message}</span>
							<IconButton icon="close" label={words.talk.dismiss} onPress={() => chat.removals.dismiss(view.id)} />
						</>
					)}
				</div>
			))}
		</div>
	);
}
