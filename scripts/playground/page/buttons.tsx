/** The buttons of a message; feedback is drawn as thumbs. */

import type { Message } from '../wire.ts';
import { Icon } from './icons.tsx';
import { usePane } from './stage.ts';

export function Buttons({ message }: { message: Message }) {
	const { press, isPressed } = usePane();
	if (message.buttons.length === 0) return null;
	return (
		<div class="buttons">
			{message.buttons.map((button) => (
				<button
					type="button"
					key={`${button.id}/${button.value}`}
					class={`message-button ${button.style} ${button.thumb === null ? '' : 'thumb'}`}
					aria-pressed={button.thumb === null ? undefined : isPressed(message, button)}
					aria-label={button.label}
					title={button.label}
					onClick={() => press(message, button)}
				>
					{button.thumb === null ? button.label : <Icon name={button.thumb} />}
				</button>
			))}
		</div>
	);
}
