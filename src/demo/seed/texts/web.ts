import type { BoardSpec } from './spec';
import { webBacklog } from './webBacklog';
import { webDone } from './webDone';
import { webOngoing } from './webOngoing';

/** The first board: a web application in the middle of a release. */
export const webBoard: BoardSpec = {
  name: 'Aurora Web App',
  description: 'The customer portal: release train **2.8**, stand-up at 09:30, board walk on Thursdays.',
  visibility: 'public',
  age: 210,
  manager: 'dev',
  followers: ['dev', 'mara', 'jonas', 'priya', 'tomas', 'aiko', 'lena', 'sam', 'viewer'],
  collaborators: [],
  stages: [
    { key: 'backlog', name: 'Backlog' },
    { key: 'ready', name: 'Ready', limit: 8 },
    { key: 'progress', name: 'In Progress', limit: 5 },
    { key: 'review', name: 'Review', limit: 4 },
    { key: 'staging', name: 'Staging' },
    { key: 'done', name: 'Done', fold: true, mails: true, closes: true },
  ],
  tags: ['bug', 'feature', 'tech debt', 'security', 'docs', 'performance', 'design'],
  cards: [...webBacklog, ...webOngoing, ...webDone],
};
