/** Starts the page. */

import { render } from 'preact';
import { App } from './app.tsx';
import './style.css';
import './sidebar.css';
import './message.css';
import './body.css';
import './composer.css';
import './panel.css';

const root = document.getElementById('app');
if (root !== null) render(<App />, root);
