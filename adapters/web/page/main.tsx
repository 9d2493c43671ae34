/** Starts the page. */

import { render } from 'preact';
import { systemClock } from '#src/clock.ts';
import { onRoute, takeChatLink, wentTo } from './parts/address.ts';
import { App } from './parts/app.tsx';
import { newId, nextFrame, watchAttention } from './parts/browser.ts';
import { sendFile } from './parts/upload.ts';
import { createApiClient } from './state/api-client.ts';
import { createChat } from './state/chat.ts';
import { routeOf } from './state/page-route.ts';
import './style/page.css';
import './style/over.css';
import './style/side.css';
import './style/talk.css';
import './style/composer.css';
import './style/text.css';

const link = takeChatLink();
const chat = createChat({
	api: createApiClient((...request) => fetch(...request)),
	storage: localStorage,
	clock: systemClock,
	random: Math.random,
	newId,
	upload: sendFile,
	isLookedAt: () => !document.hidden,
	later: nextFrame,
	wentTo,
});
chat.show(routeOf(location.pathname));
onRoute(chat.show);
watchAttention(chat);
void chat.enter();

const root = document.getElementById('app');
if (root !== null) render(<App chat={chat} link={link} />, root);
