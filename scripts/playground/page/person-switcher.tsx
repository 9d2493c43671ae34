/** Who one speaks as: the same employee on every platform. */

import type { Person } from '../wire.ts';
import { Avatar } from './avatar.tsx';
import { useStage } from './stage.ts';
import type { Words } from './words.ts';

export function PersonSwitcher({ onPerson }: { onPerson(personId: string): void }) {
	const { view, words, me } = useStage();
	return (
		<label class="switcher" title={words.switchPerson}>
			<Avatar id={me.id} name={me.name} isBot={false} />
			<span class="switcher-face">
				<small>{words.speakingAs}</small>
				<strong>{me.name}</strong>
			</span>
			<select value={me.id} aria-label={words.speakingAs} onChange={(event) => onPerson(event.currentTarget.value)}>
				{Object.values(view.people).map((person) => (
					<option key={person.id} value={person.id}>
						{`${person.name} · ${roleOf(person, words)} · ${person.locale}`}
					</option>
				))}
			</select>
		</label>
	);
}

function roleOf({ standing, title }: Person, words: Words): string {
	return { employee: title, guest: words.guest, external: words.external }[standing];
}
