/** Where administrators work: a part of the page that comes when one of them goes there. To everybody else there is no such place. */

import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { usePage, useStored } from './page-context.ts';

type Rooms = ComponentType<{ room: string }>;

export function AdminArea({ room }: { room: string }) {
	const { chat, words } = usePage();
	const { me } = useStored(chat.session);
	const isTheirs = me?.isAdministrator === true;
	const [rooms, setRooms] = useState<{ Rooms: Rooms } | null>(null);
	const [isAway, setIsAway] = useState(false);
	useEffect(() => {
		if (!isTheirs) return;
		import('../admin/admin-rooms.tsx').then(
			({ AdminRooms }) => setRooms({ Rooms: AdminRooms }),
			() => setIsAway(true),
		);
	}, [isTheirs]);
	if (isTheirs && rooms !== null) return <rooms.Rooms room={room} />;
	return (
		<main id="talk" class="talk" tabIndex={-1}>
			<header class="talk-header">
				<h1>{words.product}</h1>
			</header>
			<p class="column" role="status">
				{isTheirs ? (isAway ? words.line.trouble : words.talk.loading) : words.talk.noPage}
			</p>
		</main>
	);
}
