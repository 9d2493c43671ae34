/** Who one speaks as: the same person on every platform, and what they are to the company. */

import { Avatar } from './avatar.tsx';
import { useStage } from './stage.ts';

export function PersonSwitcher({ onPerson }: { onPerson(personId: string): void }) {
	const { view, words, me } = useStage();
	return (
		<label class="switcher" title={words.switchPerson}>
			<Avatar id={me.id} name={me.name} isBot={false} />
			<span class="switcher-face">
				<small>{words.speakingAs}</small>
				<strong>{me.name}</strong>
			</span>
			<span class="standing" data-standing={me.standing}>
				{words.standing[me.standing]}
			</span>
			<select value={me.id} aria-label={words.speakingAs} onChange={(event) => onPerson(event.currentTarget.value)}>
				{Object.values(view.people).map(({ id, name, title, standing, locale }) => (
					<option key={id} value={id}>
						{`${name} · ${words.standing[standing]} · ${title} · ${locale}`}
					</option>
				))}
			</select>
		</label>
	);
}
