/** What stands above the first message of a place. */

import { titleOf } from './selectors.ts';
import { usePane } from './stage.ts';

export function Intro() {
	const { words, place } = usePane();
	const intros = { public: words.introChannel, private: words.introPrivate, group: words.introGroup, direct: words.introBot };
	return (
		<div class="intro">
			<h4>{place.kind === 'direct' ? words.startOfDirect : words.startOfChannel(titleOf(place))}</h4>
			<p>{intros[place.kind]}</p>
		</div>
	);
}
