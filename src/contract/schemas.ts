import type * as z from 'zod/mini';
import * as answers from './answers';
import * as entities from './entities';
import { ErrorBody } from './errors';
import * as requests from './requests';

/** What a server sends: one schema an entity and an answer. Extra keys are allowed. */
export const ANSWER_SCHEMAS: Record<string, z.ZodMiniType> = {
  Partner: entities.Partner,
  BoardMember: entities.BoardMember,
  Stage: entities.Stage,
  Tag: entities.Tag,
  Board: entities.Board,
  BoardDetail: entities.BoardDetail,
  ChecklistItem: entities.ChecklistItem,
  Dependency: entities.Dependency,
  Card: entities.Card,
  Activity: entities.Activity,
  Me: entities.Me,
  Error: ErrorBody,
  Health: answers.Health,
  Token: answers.Token,
  BoardPage: answers.BoardPage,
  BoardAnswer: answers.BoardAnswer,
  CardPage: answers.CardPage,
  CardAnswer: answers.CardAnswer,
  ActivityPage: answers.ActivityPage,
  ActivityAnswer: answers.ActivityAnswer,
  StageAnswer: answers.StageAnswer,
  TagAnswer: answers.TagAnswer,
  TagList: answers.TagList,
  PeopleList: answers.PeopleList,
  Changes: answers.Changes,
  Snapshot: answers.Snapshot,
  Groups: answers.Groups,
  Flow: answers.Flow,
};

/** What a client sends: bodies, closed against unknown keys. `BEYOND_SCHEMA` adds to some of them. */
export const REQUEST_SCHEMAS: Record<string, z.ZodMiniType> = {
  Credentials: requests.Credentials,
  NewBoard: requests.NewBoard,
  BoardChanges: requests.BoardChanges,
  NewMember: requests.NewMember,
  NewCard: requests.NewCard,
  CardChanges: requests.CardChanges,
  NewComment: requests.NewComment,
  NewTag: requests.NewTag,
  NewStage: requests.NewStage,
  StageChanges: requests.StageChanges,
};
