/** Starts the page. */

import { render } from 'preact';
import { App } from './app.tsx';
import './style.css';
import './top-bar.css';
import './pane.css';
import './message.css';
import './body.css';
import './composer.css';
import './panel.css';
import './slack.css';
import './teams.css';
import './discord.css';

const root = document.getElementById('app');
if (root !== null) render(<App />, root);
