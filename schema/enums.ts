/** Enumerations, each in the order it is documented. Readers of the API treat a value they do not know as OTHER. */
import {
  GoalDistance,
  KeyEnvironment,
  RemovalReason,
  Sex,
  Sport,
  TemplateLevel,
  TemplateStatus,
  Units,
  Visibility,
  WorkoutCategory,
} from '../prisma/generated/client/enums.ts';
import { sessionKinds } from '../src/domain/training-plan-document.ts';
import { stepKinds, targetTypes } from '../src/domain/workout-document.ts';
import { builder } from './builder.ts';

export const WorkoutCategoryEnum = builder.enumType(WorkoutCategory, {
  name: 'WorkoutCategory',
  description: 'What a workout is for. More values may be added: treat an unknown one as OTHER.',
});
export const TemplateLevelEnum = builder.enumType(TemplateLevel, { name: 'TemplateLevel', description: 'Whom a template suits.' });
export const GoalDistanceEnum = builder.enumType(GoalDistance, {
  name: 'GoalDistance',
  description: 'The race a plan prepares for. More values may be added.',
});
export const RemovalReasonEnum = builder.enumType(RemovalReason, {
  name: 'RemovalReason',
  description: 'Why partners no longer see a template. More values may be added; all of them mean: remove your copy.',
});
export const VisibilityEnum = builder.enumType(Visibility, {
  name: 'Visibility',
  description: 'Whether partners may see a template that is ACTIVE.',
});
export const TemplateStatusEnum = builder.enumType(TemplateStatus, {
  name: 'TemplateStatus',
  description: 'Where a template is in its life.',
});
export const KeyEnvironmentEnum = builder.enumType(KeyEnvironment, {
  name: 'KeyEnvironment',
  description: 'LIVE keys begin with sr_live_, TEST keys with sr_test_.',
});
export const StepKindEnum = builder.enumType('WorkoutStepKind', {
  values: stepKinds,
  description: 'What a step is. More values may be added.',
});
export const TargetTypeEnum = builder.enumType('WorkoutTargetType', {
  values: targetTypes,
  description: 'What a target is measured by. ZONE is the five-zone model. More values may be added.',
});
export const SessionKindEnum = builder.enumType('PlanSessionKind', {
  values: sessionKinds,
  description: 'What a session of a plan is. More values may be added: treat an unknown one as OTHER.',
});
export const UnitsEnum = builder.enumType(Units, {
  name: 'Units',
  description: 'In which units a runner reads; what is stored is always metric.',
});
export const SexEnum = builder.enumType(Sex, { name: 'Sex', description: 'As the runner states it.' });
export const SportEnum = builder.enumType(Sport, { name: 'Sport', description: 'What kind of run it was. More values may be added.' });
