// Room: src/demo/endpoints: a handler for each endpoint of the contract.
// Owner: nobody: a handler is a function of the request and the world it is given.
// Source: docs/contract.md.

import type { Endpoints } from './call';
import { createToken, getHealth, getMe, revokeToken } from './account';
import * as activity from './activity';
import * as boards from './boards';
import * as cards from './cards';
import * as changes from './changes';
import * as flow from './flow';
import * as members from './members';
import * as people from './people';
import * as stages from './stages';
import * as tags from './tags';

/** A function for each row of the endpoint table; a missing one does not compile. */
export const endpoints: Endpoints = {
  createToken,
  getHealth,
  getMe,
  revokeToken,
  ...activity,
  ...boards,
  ...cards,
  ...changes,
  ...flow,
  ...members,
  ...people,
  ...stages,
  ...tags,
};
