/** The line above the composer that says whom one is about to answer. */

import type { Message } from '../wire.ts';
import { Icon } from './icons.tsx';
import { nameOf } from './selectors.ts';
import { usePane } from './stage.ts';

export function Answering({ message, onCancel }: { message: Message; onCancel(): void }) {
	const { view, words } = usePane();
	return (
		<p class="answering">
			<span>{words.answeringTo(nameOf(view, message.authorId))}</span>
			<button type="button" class="icon-button" aria-label={words.cancel} onClick={onCancel}>
				<Icon name="close" />
			</button>
		</p>
	);
}
