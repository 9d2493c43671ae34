/** The buttons of a message, and its menus; feedback is drawn as thumbs. */

import type { Message, MessageButton } from '../wire.ts';
import { Icon } from './icons.tsx';
import { usePane } from './stage.ts';

export function Buttons({ message }: { message: Message }) {
	const { press, isPressed } = usePane();
	if (message.buttons.length === 0) return null;
	const buttons = message.buttons.filter(({ menu }) => menu === null);
	const menus = Map.groupBy(
		message.buttons.filter(({ menu }) => menu !== null),
		({ id }) => id,
	);
	return (
		<div class="buttons">
			{[...menus.entries()].map(([id, options]) => (
				<Menu key={id} message={message} options={options} />
			))}
			{buttons.map((button) => (
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

/** Shows what it is for again once something was chosen, so that the same can be chosen twice. */
function Menu({ message, options }: { message: Message; options: readonly MessageButton[] }) {
	const { press } = usePane();
	const name = options[0]?.menu ?? '';
	const choose = ({ currentTarget }: { currentTarget: HTMLSelectElement }) => {
		const chosen = options.find(({ value }) => value === currentTarget.value);
		currentTarget.value = '';
		if (chosen !== undefined) press(message, chosen);
	};
	return (
		<select class="message-button" aria-label={name} onChange={choose}>
			<option value="" selected disabled hidden>
				{name}
			</option>
			{options.map(({ value, label }) => (
				<option key={value} value={value}>
					{label}
				</option>
			))}
		</select>
	);
}
