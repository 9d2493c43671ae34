/** The card that greets a newcomer with three things to try, on every platform at once. */

import type { Person, Place, Platform, View } from '../wire.ts';
import { fetchSample } from './api.ts';
import { Icon, type IconName } from './icons.tsx';
import { Rights } from './rights.tsx';
import { aboutOf, firstWord, placesOf, repliesOf, rootsOf } from './selectors.ts';
import { useStage } from './stage.ts';
import { type AttachedFile, readFile } from './use-attachment.ts';

/** Where to ask something on one platform. */
export interface Target {
	place: Place;
	threadId?: string | null;
	repliesTo?: string | null;
}

interface HintProps {
	onAsk(text: string, targets: readonly Target[], file?: AttachedFile): void;
	onClose(): void;
}

export function Hint({ onAsk, onClose }: HintProps) {
	const { view, words, me } = useStage();
	const { platforms = [], samples: [sample] = [] } = aboutOf(view) ?? {};
	const attempt = (text: string, find: (platform: Platform) => Target | null, file?: AttachedFile) => {
		onAsk(
			text,
			platforms.flatMap((platform) => find(platform) ?? []),
			file,
		);
		onClose();
	};
	const first = (isPlace: (place: Place) => boolean) => (platform: Platform) => {
		const place = placesOf(view, platform).find(isPlace);
		return place === undefined ? null : { place };
	};
	const inPrivate = first(({ kind }) => kind === 'direct');
	return (
		<section class="hint" aria-label={words.hintTitle(firstWord(me.name))}>
			<div>
				<h2>{words.hintTitle(firstWord(me.name))}</h2>
				<p>{words.hintText}</p>
			</div>
			<div class="hint-choices">
				<Choice
					icon="hash"
					title={words.hintAsk}
					text={words.hintAskText}
					onClick={() =>
						attempt(
							words.hintAskText,
							first(({ kind }) => kind === 'public'),
						)
					}
				/>
				<Choice
					icon="reply"
					title={words.hintThread}
					text={words.hintThreadText}
					onClick={() => attempt(words.hintThreadText, (platform) => threadWorthAsking(view, platform, me))}
				/>
				<Choice
					icon="lock"
					title={words.hintPrivate}
					text={words.hintPrivateText}
					onClick={() => attempt(words.hintPrivateText, inPrivate)}
				/>
				{sample !== undefined && (
					<Choice
						icon="file"
						title={words.hintDocuments}
						text={words.hintDocumentsText}
						onClick={async () => attempt('', inPrivate, await readFile(await fetchSample(sample)))}
					/>
				)}
			</div>
			<Rights />
			<button type="button" class="icon-button" aria-label={words.hintClose} onClick={onClose}>
				<Icon name="close" />
			</button>
		</section>
	);
}

function Choice({ icon, title, text, onClick }: { icon: IconName; title: string; text: string; onClick(): void }) {
	return (
		<button type="button" onClick={onClick} title={text}>
			<strong>
				<Icon name={icon} />
				{title}
			</strong>
			<span>{text}</span>
		</button>
	);
}

/** The longest talk among people in the channel where the language of the person is spoken. */
function threadWorthAsking(view: View, platform: Platform, me: Person): Target | null {
	const names = me.locale.startsWith('es') ? ['ventas', 'engineering'] : ['engineering', 'ventas'];
	const places = names.flatMap((name) => placesOf(view, platform).find((place) => place.name === name) ?? []);
	const [place] = places;
	if (place === undefined) return null;
	const roots = rootsOf(view, place);
	if (platform === 'discord') return { place, repliesTo: roots.findLast(({ repliesTo }) => repliesTo !== null)?.id ?? null };
	const counted = roots.map(({ id }) => ({ id, count: repliesOf(view, place, id).length }));
	const longest = counted.sort((left, right) => right.count - left.count)[0];
	return longest !== undefined && longest.count > 0 ? { place, threadId: longest.id } : null;
}
