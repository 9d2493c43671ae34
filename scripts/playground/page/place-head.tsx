/** What stands above the messages of a place: its name and what it is about. */

import { Icon } from './icons.tsx';
import { titleOf } from './selectors.ts';
import { usePane } from './stage.ts';

export function PlaceHead() {
	const { place } = usePane();
	return (
		<header class="place-head">
			<h3>
				{place.kind !== 'direct' && <Icon name={place.kind === 'public' ? 'hash' : place.kind === 'private' ? 'lock' : 'group'} />}
				{titleOf(place)}
			</h3>
			<p>{place.topic}</p>
		</header>
	);
}
