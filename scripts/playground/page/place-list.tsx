/** Where one can go on a platform: channels, group chats, the conversation with the bot. */

import type { ComponentChildren } from 'preact';
import type { Place } from '../wire.ts';
import { Avatar } from './avatar.tsx';
import { Icon } from './icons.tsx';
import { aboutOf, platformNames, titleOf } from './selectors.ts';
import { usePane } from './stage.ts';
import { useUnread } from './use-live-view.ts';

interface PlaceListProps {
	places: readonly Place[];
	onPlace(place: Place): void;
}

export function PlaceList({ places, onPlace }: PlaceListProps) {
	const { view, words, place: current } = usePane();
	const unread = useUnread(view, places, current.id);
	const entry = (place: Place) => (
		<li key={place.id}>
			<button
				type="button"
				class={unread.has(place.id) ? 'unread' : ''}
				aria-current={place.id === current.id ? 'page' : undefined}
				onClick={() => onPlace(place)}
			>
				<PlaceFace place={place} />
				<span>{titleOf(place)}</span>
			</button>
		</li>
	);
	const section = (title: string, kinds: readonly Place['kind'][]): ComponentChildren => {
		const shown = places.filter(({ kind }) => kinds.includes(kind));
		if (shown.length === 0) return null;
		return (
			<>
				<h3>{title}</h3>
				<ul>{shown.map(entry)}</ul>
			</>
		);
	};
	return (
		<nav class="places" aria-label={words.placesOn(platformNames[current.platform])}>
			<strong class="company">{aboutOf(view)?.companyName}</strong>
			{section(words.channels, ['public', 'private'])}
			{section(words.groups, ['group'])}
			{section(words.direct, ['direct'])}
		</nav>
	);
}

function PlaceFace({ place }: { place: Place }) {
	if (place.kind === 'direct') return <Avatar id="" name="" isBot />;
	return <Icon name={place.kind === 'public' ? 'hash' : place.kind === 'private' ? 'lock' : 'group'} />;
}
