/** Where one passes a message on: to the bot or to a place, with a comment. */

import { useState } from 'preact/hooks';
import type { Message, Place } from '../wire.ts';
import { placesOf, titleOf } from './selectors.ts';
import { usePane } from './stage.ts';

export function Forwarding({ message, onDone }: { message: Message; onDone(): void }) {
	const { view, words, forward } = usePane();
	const places = placesOf(view, message.platform).filter(({ isReadOnly }) => !isReadOnly);
	const [to, setTo] = useState(places.find(({ kind }) => kind === 'direct') ?? places[0]);
	const [comment, setComment] = useState('');
	if (to === undefined) return null;
	const choose = (id: string) => {
		const chosen = places.find((place) => place.id === id) ?? to;
		setTo(chosen);
		// Where others are, the bot hears what names it.
		if (chosen.kind !== 'direct' && comment === '') setComment('@OpenCCB ');
	};
	const send = (event: Event) => {
		event.preventDefault();
		forward(message, to, comment.trim());
		onDone();
	};
	return (
		<form class="forwarding" onSubmit={send} onKeyDown={(event) => event.key === 'Escape' && onDone()}>
			<label>
				{words.forwardTo}
				<select value={to.id} onChange={(event) => choose(event.currentTarget.value)}>
					{places.map((place) => (
						<option key={place.id} value={place.id}>
							{optionText(place)}
						</option>
					))}
				</select>
			</label>
			<input
				type="text"
				ref={begin}
				value={comment}
				placeholder={words.forwardComment}
				aria-label={words.forwardComment}
				onInput={(event) => setComment(event.currentTarget.value)}
			/>
			<div class="forwarding-tools">
				<button type="button" class="message-button" onClick={onDone}>
					{words.cancel}
				</button>
				<button type="submit" class="message-button primary">
					{words.forward}
				</button>
			</div>
		</form>
	);
}

function optionText(place: Place): string {
	return place.kind === 'direct' ? titleOf(place) : `#${place.name}`;
}

/** One writes at once, and sees the buttons below. */
function begin(element: HTMLInputElement | null): void {
	element?.focus();
	element?.form?.scrollIntoView({ block: 'nearest' });
}
