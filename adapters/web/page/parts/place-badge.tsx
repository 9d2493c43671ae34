/** Where a conversation is held, in a sign. */

import type { ConversationView } from '#src/api/contract/conversations.ts';
import { Icon } from './icon.tsx';
import { usePage } from './page-context.ts';

type Held = Pick<ConversationView, 'platform' | 'kind'>;

export function PlaceBadge({ view }: { view: Held }) {
	const place = usePlaceName(view);
	const isWeb = view.platform === 'web';
	const letter = view.platform.charAt(0).toUpperCase();
	return (
		<span class={`place-badge of-${view.platform}`} title={place} aria-hidden="true" data-letter={isWeb ? undefined : letter}>
			{isWeb && <Icon name="talk" />}
		</span>
	);
}

/** In words: `Slack, channel`. */
export function usePlaceName({ platform, kind }: Held): string {
	const { words } = usePage();
	const name = words.places[platform] ?? platform;
	return platform === 'web' ? name : `${name}, ${words.kinds[kind]}`;
}
