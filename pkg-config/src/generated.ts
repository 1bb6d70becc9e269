// Generated from the payload tables by `cargo xtask generate`. Do not edit: change the table's row instead.
import { payload } from "./payload.js";
import type { Payload } from "./types.js";

/** The version of the rules and of the package. */
export const version: string = "0.1.0";

/** A number, or what a person types: "12 000,50 ₽". */
export type NumberInput = number | string;
/** One of the listed values, or any other text: another spelling that the document uses, or the empty choice of a control. */
export type ChoiceInput<T extends string> = T | (string & {});

/** Описание симуляционного обучения (Simulation training). PRG-16. Sent only when the programme includes simulation training. */
export type ProgrammeCreateSimulationInput = {
  /** Объём симуляционного обучения, ЗЕТ (Volume of simulation training, credits (ЗЕТ)). PRG-16. */
  volume?: NumberInput | null | undefined;
  /** С применением симуляционного оборудования (Simulation equipment is used). PRG-16. */
  equipment?: boolean | null | undefined;
  /** Задача, описание симуляционного обучения (Aim and description of simulation training). PRG-16. */
  description?: string | null | undefined;
};
/** Стажировка (Internship). PRG-18. Sent only when the programme includes an internship. */
export type ProgrammeCreateInternshipInput = {
  /** Объём стажировки, ЗЕТ (Volume of the internship, credits (ЗЕТ)). PRG-18. */
  volume?: NumberInput | null | undefined;
  /** Задача, описание стажировки (Aim and description of the internship). PRG-18. */
  description?: string | null | undefined;
  /** Место проведения стажировки (Place of the internship). PRG-18. */
  location?: string | null | undefined;
  /** Руководитель (куратор) стажировки (Mentor of the internship). PRG-18. */
  mentor?: string | null | undefined;
};
/** Описание ДОТ и ЭО (Distance learning and e-learning). PRG-20. Sent only when the programme includes distance learning. */
export type ProgrammeCreateRemoteInput = {
  /** Трудоёмкость ДОТ, ЗЕТ (Volume of distance learning, credits (ЗЕТ)). PRG-20. */
  volume?: NumberInput | null | undefined;
  /** Описание ДОТ и ЭО (Description of distance learning and e-learning). PRG-20. */
  description?: string | null | undefined;
};
/** Детали сетевой формы (Joint programme). PRG-22. Sent only when the programme is carried out jointly with other organisations. */
export type ProgrammeCreateNetworkInput = {
  /** Количество участников (Number of participants). PRG-22. */
  participants?: NumberInput | null | undefined;
  /** Участники сетевой формы обучения (Participating organisations). PRG-22. */
  organizations?: string[] | null | undefined;
};
/** Стоимость обучения (Prices). PRG-23. Sent only when the paid basis is chosen. */
export type ProgrammeCreatePricesInput = {
  /** Стоимость обучения, руб. (Price, roubles). PRG-23. */
  price?: NumberInput | null | undefined;
  /** Действует с (Valid from). PRG-23. */
  start_date?: string | null | undefined;
  /** Комментарий (Comment). PRG-23. */
  comment?: string | null | undefined;
};
/** Стоимость обучения за счёт средств ФОМС (Prices paid by the insurance fund (ФОМС)). PRG-24. Sent only when the basis paid by the insurance fund (ФОМС) is chosen. */
export type ProgrammeCreatePricesFomsInput = {
  /** Стоимость обучения, руб. (Price, roubles). PRG-24. */
  price?: NumberInput | null | undefined;
  /** Действует с (Valid from). PRG-24. */
  start_date?: string | null | undefined;
  /** Комментарий (Comment). PRG-24. */
  comment?: string | null | undefined;
};
/** Разделы УМК (Partitions of the kit). PRG-32. */
export type ProgrammeCreateSpecialitiesProgrammesUmkPartitionsInput = {
  /** Идентификатор раздела (Partition id). PRG-32. */
  id?: string | null | undefined;
};
/** УМК пятилетней программы (Teaching kits (УМК) of the five-year programme). PRG-32. */
export type ProgrammeCreateSpecialitiesProgrammesUmkInput = {
  /** Идентификатор УМК (Teaching kit (УМК) id). PRG-32. */
  id?: string | null | undefined;
  /** Разделы УМК (Partitions of the kit). PRG-32. */
  partitions?: ProgrammeCreateSpecialitiesProgrammesUmkPartitionsInput[] | null | undefined;
};
/** Разделы пятилетней программы (Partitions of the five-year programme). PRG-33. Sent only when no teaching kits (УМК) are given. */
export type ProgrammeCreateSpecialitiesProgrammesPartitionsInput = {
  /** Идентификатор раздела (Partition id). PRG-33. */
  id?: string | null | undefined;
};
/** Пятилетние программы (Five-year programmes). PRG-30. */
export type ProgrammeCreateSpecialitiesProgrammesInput = {
  /** Идентификатор пятилетней программы (Five-year programme id). PRG-31. */
  id?: string | null | undefined;
  /** УМК пятилетней программы (Teaching kits (УМК) of the five-year programme). PRG-32. */
  umk?: ProgrammeCreateSpecialitiesProgrammesUmkInput[] | null | undefined;
  /** Разделы пятилетней программы (Partitions of the five-year programme). PRG-33. Sent only when no teaching kits (УМК) are given. */
  partitions?: ProgrammeCreateSpecialitiesProgrammesPartitionsInput[] | null | undefined;
};
/** Список специальностей (Specialities). PRG-25. */
export type ProgrammeCreateSpecialitiesInput = {
  /** Название специальности (Name of the speciality). PRG-26. */
  name?: string | null | undefined;
  /** Основная специальность (Main speciality). PRG-27. */
  main?: boolean | null | undefined;
  /** Все разделы (All partitions). PRG-29. */
  all_partitions?: boolean | null | undefined;
  /** Пятилетние программы (Five-year programmes). PRG-30. */
  programmes?: ProgrammeCreateSpecialitiesProgrammesInput[] | null | undefined;
};
/** `programme.create`: the draft as a form library holds it. */
export type ProgrammeCreateInput = {
  /** Комментарий к изменению (Comment on the change). PRG-01. */
  change_comment?: string | null | undefined;
  /** Номер программы (Programme number). PRG-02. */
  program_number?: string | null | undefined;
  /** Название программы (Name of the programme). PRG-03. */
  name?: string | null | undefined;
  /** Год разработки (Year of development). PRG-04. */
  development_year?: NumberInput | null | undefined;
  /** Трудоёмкость, ЗЕТ (Volume, credits (ЗЕТ)). PRG-05. */
  volume_zet_total?: NumberInput | null | undefined;
  /** Объём заочной части, ЗЕТ (Volume by correspondence, credits (ЗЕТ)). PRG-06. */
  volume_zet_extramural?: NumberInput | null | undefined;
  /** Бюджетная основа (Budget basis). PRG-07. */
  is_budget?: boolean | null | undefined;
  /** Платная (договорная) основа (Paid basis). PRG-07. */
  is_paid?: boolean | null | undefined;
  /** Платная основа за счёт средств ФОМС (Basis paid by the insurance fund (ФОМС)). PRG-07. */
  is_paid_foms?: boolean | null | undefined;
  /** Обоснование стоимости обучения (Grounds for the price). PRG-09. */
  price_reason?: string | null | undefined;
  /** Форма обучения (Form of education). PRG-10. */
  education_form?: ChoiceInput<"fulltime" | "semiremote" | "remote"> | null | undefined;
  /** Аннотация (Summary). PRG-11. */
  annotation?: string | null | undefined;
  /** Структурное подразделение (Department). PRG-11. */
  organization_unit?: string | null | undefined;
  /** Ссылка на программу (Link to the programme). PRG-12. */
  internet_link?: string | null | undefined;
  /** Получение новой компетенции (A new competency is acquired). PRG-13. */
  is_new_competency?: boolean | null | undefined;
  /** Описание новой компетенции (Description of the new competency). PRG-14. Sent only when a new competency is acquired. */
  new_competency_desc?: string | null | undefined;
  /** Включает симуляционное обучение (Includes simulation training). PRG-15. */
  is_simulation?: boolean | null | undefined;
  /** Описание симуляционного обучения (Simulation training). PRG-16. Sent only when the programme includes simulation training. */
  simulation?: ProgrammeCreateSimulationInput | null | undefined;
  /** Включает стажировку (Includes an internship). PRG-17. */
  is_internship?: boolean | null | undefined;
  /** Стажировка (Internship). PRG-18. Sent only when the programme includes an internship. */
  internship?: ProgrammeCreateInternshipInput | null | undefined;
  /** Включает дистанционное обучение (Includes distance learning). PRG-19. */
  is_remote?: boolean | null | undefined;
  /** Описание ДОТ и ЭО (Distance learning and e-learning). PRG-20. Sent only when the programme includes distance learning. */
  remote?: ProgrammeCreateRemoteInput | null | undefined;
  /** Включает сетевую форму реализации (Carried out jointly with other organisations). PRG-21. */
  is_network?: boolean | null | undefined;
  /** Детали сетевой формы (Joint programme). PRG-22. Sent only when the programme is carried out jointly with other organisations. */
  network?: ProgrammeCreateNetworkInput | null | undefined;
  /** Стоимость обучения (Prices). PRG-23. Sent only when the paid basis is chosen. */
  prices?: ProgrammeCreatePricesInput[] | null | undefined;
  /** Стоимость обучения за счёт средств ФОМС (Prices paid by the insurance fund (ФОМС)). PRG-24. Sent only when the basis paid by the insurance fund (ФОМС) is chosen. */
  prices_foms?: ProgrammeCreatePricesFomsInput[] | null | undefined;
  /** Список специальностей (Specialities). PRG-25. */
  specialities?: ProgrammeCreateSpecialitiesInput[] | null | undefined;
};
/** Описание симуляционного обучения (Simulation training). PRG-16. Sent only when the programme includes simulation training. */
export type ProgrammeCreateSimulation = {
  /** Объём симуляционного обучения, ЗЕТ (Volume of simulation training, credits (ЗЕТ)). PRG-16. */
  volume?: number;
  /** С применением симуляционного оборудования (Simulation equipment is used). PRG-16. */
  equipment?: boolean;
  /** Задача, описание симуляционного обучения (Aim and description of simulation training). PRG-16. */
  description?: string;
};
/** Стажировка (Internship). PRG-18. Sent only when the programme includes an internship. */
export type ProgrammeCreateInternship = {
  /** Объём стажировки, ЗЕТ (Volume of the internship, credits (ЗЕТ)). PRG-18. */
  volume?: number;
  /** Задача, описание стажировки (Aim and description of the internship). PRG-18. */
  description?: string;
  /** Место проведения стажировки (Place of the internship). PRG-18. */
  location?: string;
  /** Руководитель (куратор) стажировки (Mentor of the internship). PRG-18. */
  mentor?: string;
};
/** Описание ДОТ и ЭО (Distance learning and e-learning). PRG-20. Sent only when the programme includes distance learning. */
export type ProgrammeCreateRemote = {
  /** Трудоёмкость ДОТ, ЗЕТ (Volume of distance learning, credits (ЗЕТ)). PRG-20. */
  volume?: number;
  /** Описание ДОТ и ЭО (Description of distance learning and e-learning). PRG-20. */
  description?: string;
};
/** Детали сетевой формы (Joint programme). PRG-22. Sent only when the programme is carried out jointly with other organisations. */
export type ProgrammeCreateNetwork = {
  /** Количество участников (Number of participants). PRG-22. */
  participants?: number;
  /** Участники сетевой формы обучения (Participating organisations). PRG-22. */
  organizations?: string[];
};
/** Стоимость обучения (Prices). PRG-23. Sent only when the paid basis is chosen. */
export type ProgrammeCreatePrices = {
  /** Стоимость обучения, руб. (Price, roubles). PRG-23. */
  price?: number | string;
  /** Действует с (Valid from). PRG-23. */
  start_date?: string;
  /** Комментарий (Comment). PRG-23. */
  comment?: string;
};
/** Стоимость обучения за счёт средств ФОМС (Prices paid by the insurance fund (ФОМС)). PRG-24. Sent only when the basis paid by the insurance fund (ФОМС) is chosen. */
export type ProgrammeCreatePricesFoms = {
  /** Стоимость обучения, руб. (Price, roubles). PRG-24. */
  price?: number | string;
  /** Действует с (Valid from). PRG-24. */
  start_date?: string;
  /** Комментарий (Comment). PRG-24. */
  comment?: string;
};
/** Разделы УМК (Partitions of the kit). PRG-32. */
export type ProgrammeCreateSpecialitiesProgrammesUmkPartitions = {
  /** Идентификатор раздела (Partition id). PRG-32. */
  id: string;
};
/** УМК пятилетней программы (Teaching kits (УМК) of the five-year programme). PRG-32. */
export type ProgrammeCreateSpecialitiesProgrammesUmk = {
  /** Идентификатор УМК (Teaching kit (УМК) id). PRG-32. */
  id: string;
  /** Разделы УМК (Partitions of the kit). PRG-32. */
  partitions?: ProgrammeCreateSpecialitiesProgrammesUmkPartitions[];
};
/** Разделы пятилетней программы (Partitions of the five-year programme). PRG-33. Sent only when no teaching kits (УМК) are given. */
export type ProgrammeCreateSpecialitiesProgrammesPartitions = {
  /** Идентификатор раздела (Partition id). PRG-33. */
  id: string;
};
/** Пятилетние программы (Five-year programmes). PRG-30. */
export type ProgrammeCreateSpecialitiesProgrammes = {
  /** Идентификатор пятилетней программы (Five-year programme id). PRG-31. */
  id: string;
  /** УМК пятилетней программы (Teaching kits (УМК) of the five-year programme). PRG-32. */
  umk?: ProgrammeCreateSpecialitiesProgrammesUmk[];
  /** Разделы пятилетней программы (Partitions of the five-year programme). PRG-33. Sent only when no teaching kits (УМК) are given. */
  partitions?: ProgrammeCreateSpecialitiesProgrammesPartitions[];
};
/** Список специальностей (Specialities). PRG-25. */
export type ProgrammeCreateSpecialities = {
  /** Название специальности (Name of the speciality). PRG-26. */
  name: string;
  /** Основная специальность (Main speciality). PRG-27. */
  main: boolean;
  /** Все разделы (All partitions). PRG-29. */
  all_partitions?: boolean;
  /** Пятилетние программы (Five-year programmes). PRG-30. */
  programmes?: ProgrammeCreateSpecialitiesProgrammes[];
};
/** `programme.create`: the outgoing body. */
export type ProgrammeCreate = {
  /** Комментарий к изменению (Comment on the change). PRG-01. */
  change_comment?: string;
  /** Номер программы (Programme number). PRG-02. */
  program_number: string;
  /** Название программы (Name of the programme). PRG-03. */
  name: string;
  /** Год разработки (Year of development). PRG-04. */
  development_year: number;
  /** Трудоёмкость, ЗЕТ (Volume, credits (ЗЕТ)). PRG-05. */
  volume_zet_total: number;
  /** Объём заочной части, ЗЕТ (Volume by correspondence, credits (ЗЕТ)). PRG-06. */
  volume_zet_extramural?: number;
  /** Бюджетная основа (Budget basis). PRG-07. */
  is_budget: boolean;
  /** Платная (договорная) основа (Paid basis). PRG-07. */
  is_paid: boolean;
  /** Платная основа за счёт средств ФОМС (Basis paid by the insurance fund (ФОМС)). PRG-07. */
  is_paid_foms: boolean;
  /** Обоснование стоимости обучения (Grounds for the price). PRG-09. */
  price_reason?: string;
  /** Форма обучения (Form of education). PRG-10. */
  education_form: "fulltime" | "semiremote" | "remote";
  /** Аннотация (Summary). PRG-11. */
  annotation?: string;
  /** Структурное подразделение (Department). PRG-11. */
  organization_unit?: string;
  /** Ссылка на программу (Link to the programme). PRG-12. */
  internet_link?: string;
  /** Получение новой компетенции (A new competency is acquired). PRG-13. */
  is_new_competency?: boolean;
  /** Описание новой компетенции (Description of the new competency). PRG-14. Sent only when a new competency is acquired. */
  new_competency_desc?: string;
  /** Включает симуляционное обучение (Includes simulation training). PRG-15. */
  is_simulation: boolean;
  /** Описание симуляционного обучения (Simulation training). PRG-16. Sent only when the programme includes simulation training. */
  simulation?: ProgrammeCreateSimulation;
  /** Включает стажировку (Includes an internship). PRG-17. */
  is_internship?: boolean;
  /** Стажировка (Internship). PRG-18. Sent only when the programme includes an internship. */
  internship?: ProgrammeCreateInternship;
  /** Включает дистанционное обучение (Includes distance learning). PRG-19. */
  is_remote: boolean;
  /** Описание ДОТ и ЭО (Distance learning and e-learning). PRG-20. Sent only when the programme includes distance learning. */
  remote?: ProgrammeCreateRemote;
  /** Включает сетевую форму реализации (Carried out jointly with other organisations). PRG-21. */
  is_network: boolean;
  /** Детали сетевой формы (Joint programme). PRG-22. Sent only when the programme is carried out jointly with other organisations. */
  network?: ProgrammeCreateNetwork;
  /** Стоимость обучения (Prices). PRG-23. Sent only when the paid basis is chosen. */
  prices?: ProgrammeCreatePrices[];
  /** Стоимость обучения за счёт средств ФОМС (Prices paid by the insurance fund (ФОМС)). PRG-24. Sent only when the basis paid by the insurance fund (ФОМС) is chosen. */
  prices_foms?: ProgrammeCreatePricesFoms[];
  /** Список специальностей (Specialities). PRG-25. */
  specialities: ProgrammeCreateSpecialities[];
};
/** `programme.create`: Добавление программы (New programme). Source: «Добавление и изменение информации о ДПП ПК». */
export const programmeCreate: Payload<ProgrammeCreateInput, ProgrammeCreate> = /* @__PURE__ */ payload("programme.create", "outbound", "POST", "education/dpppk/create");

/** Описание симуляционного обучения (Simulation training). PRG-16. Sent only when the programme includes simulation training. */
export type ProgrammeUpdateSimulationInput = {
  /** Объём симуляционного обучения, ЗЕТ (Volume of simulation training, credits (ЗЕТ)). PRG-16. */
  volume?: NumberInput | null | undefined;
  /** С применением симуляционного оборудования (Simulation equipment is used). PRG-16. */
  equipment?: boolean | null | undefined;
  /** Задача, описание симуляционного обучения (Aim and description of simulation training). PRG-16. */
  description?: string | null | undefined;
};
/** Стажировка (Internship). PRG-18. Sent only when the programme includes an internship. */
export type ProgrammeUpdateInternshipInput = {
  /** Объём стажировки, ЗЕТ (Volume of the internship, credits (ЗЕТ)). PRG-18. */
  volume?: NumberInput | null | undefined;
  /** Задача, описание стажировки (Aim and description of the internship). PRG-18. */
  description?: string | null | undefined;
  /** Место проведения стажировки (Place of the internship). PRG-18. */
  location?: string | null | undefined;
  /** Руководитель (куратор) стажировки (Mentor of the internship). PRG-18. */
  mentor?: string | null | undefined;
};
/** Описание ДОТ и ЭО (Distance learning and e-learning). PRG-20. Sent only when the programme includes distance learning. */
export type ProgrammeUpdateRemoteInput = {
  /** Трудоёмкость ДОТ, ЗЕТ (Volume of distance learning, credits (ЗЕТ)). PRG-20. */
  volume?: NumberInput | null | undefined;
  /** Описание ДОТ и ЭО (Description of distance learning and e-learning). PRG-20. */
  description?: string | null | undefined;
};
/** Детали сетевой формы (Joint programme). PRG-22. Sent only when the programme is carried out jointly with other organisations. */
export type ProgrammeUpdateNetworkInput = {
  /** Количество участников (Number of participants). PRG-22. */
  participants?: NumberInput | null | undefined;
  /** Участники сетевой формы обучения (Participating organisations). PRG-22. */
  organizations?: string[] | null | undefined;
};
/** Стоимость обучения (Prices). PRG-23. Sent only when the paid basis is chosen. */
export type ProgrammeUpdatePricesInput = {
  /** Стоимость обучения, руб. (Price, roubles). PRG-23. */
  price?: NumberInput | null | undefined;
  /** Действует с (Valid from). PRG-23. */
  start_date?: string | null | undefined;
  /** Комментарий (Comment). PRG-23. */
  comment?: string | null | undefined;
};
/** Стоимость обучения за счёт средств ФОМС (Prices paid by the insurance fund (ФОМС)). PRG-24. Sent only when the basis paid by the insurance fund (ФОМС) is chosen. */
export type ProgrammeUpdatePricesFomsInput = {
  /** Стоимость обучения, руб. (Price, roubles). PRG-24. */
  price?: NumberInput | null | undefined;
  /** Действует с (Valid from). PRG-24. */
  start_date?: string | null | undefined;
  /** Комментарий (Comment). PRG-24. */
  comment?: string | null | undefined;
};
/** Разделы УМК (Partitions of the kit). PRG-32. */
export type ProgrammeUpdateSpecialitiesProgrammesUmkPartitionsInput = {
  /** Идентификатор раздела (Partition id). PRG-32. */
  id?: string | null | undefined;
};
/** УМК пятилетней программы (Teaching kits (УМК) of the five-year programme). PRG-32. */
export type ProgrammeUpdateSpecialitiesProgrammesUmkInput = {
  /** Идентификатор УМК (Teaching kit (УМК) id). PRG-32. */
  id?: string | null | undefined;
  /** Разделы УМК (Partitions of the kit). PRG-32. */
  partitions?: ProgrammeUpdateSpecialitiesProgrammesUmkPartitionsInput[] | null | undefined;
};
/** Разделы пятилетней программы (Partitions of the five-year programme). PRG-33. Sent only when no teaching kits (УМК) are given. */
export type ProgrammeUpdateSpecialitiesProgrammesPartitionsInput = {
  /** Идентификатор раздела (Partition id). PRG-33. */
  id?: string | null | undefined;
};
/** Пятилетние программы (Five-year programmes). PRG-30. */
export type ProgrammeUpdateSpecialitiesProgrammesInput = {
  /** Идентификатор пятилетней программы (Five-year programme id). PRG-31. */
  id?: string | null | undefined;
  /** УМК пятилетней программы (Teaching kits (УМК) of the five-year programme). PRG-32. */
  umk?: ProgrammeUpdateSpecialitiesProgrammesUmkInput[] | null | undefined;
  /** Разделы пятилетней программы (Partitions of the five-year programme). PRG-33. Sent only when no teaching kits (УМК) are given. */
  partitions?: ProgrammeUpdateSpecialitiesProgrammesPartitionsInput[] | null | undefined;
};
/** Список специальностей (Specialities). PRG-25. */
export type ProgrammeUpdateSpecialitiesInput = {
  /** Название специальности (Name of the speciality). PRG-26. */
  name?: string | null | undefined;
  /** Основная специальность (Main speciality). PRG-27. */
  main?: boolean | null | undefined;
  /** Все разделы (All partitions). PRG-29. */
  all_partitions?: boolean | null | undefined;
  /** Пятилетние программы (Five-year programmes). PRG-30. */
  programmes?: ProgrammeUpdateSpecialitiesProgrammesInput[] | null | undefined;
};
/** `programme.update`: the draft as a form library holds it. */
export type ProgrammeUpdateInput = {
  /** Комментарий к изменению (Comment on the change). PRG-01. */
  change_comment?: string | null | undefined;
  /** Номер программы (Programme number). PRG-02. */
  program_number?: string | null | undefined;
  /** Название программы (Name of the programme). PRG-03. */
  name?: string | null | undefined;
  /** Год разработки (Year of development). PRG-04. */
  development_year?: NumberInput | null | undefined;
  /** Трудоёмкость, ЗЕТ (Volume, credits (ЗЕТ)). PRG-05. */
  volume_zet_total?: NumberInput | null | undefined;
  /** Объём заочной части, ЗЕТ (Volume by correspondence, credits (ЗЕТ)). PRG-06. */
  volume_zet_extramural?: NumberInput | null | undefined;
  /** Бюджетная основа (Budget basis). PRG-07. */
  is_budget?: boolean | null | undefined;
  /** Платная (договорная) основа (Paid basis). PRG-07. */
  is_paid?: boolean | null | undefined;
  /** Платная основа за счёт средств ФОМС (Basis paid by the insurance fund (ФОМС)). PRG-07. */
  is_paid_foms?: boolean | null | undefined;
  /** Обоснование стоимости обучения (Grounds for the price). PRG-09. */
  price_reason?: string | null | undefined;
  /** Форма обучения (Form of education). PRG-10. */
  education_form?: ChoiceInput<"fulltime" | "semiremote" | "remote"> | null | undefined;
  /** Аннотация (Summary). PRG-11. */
  annotation?: string | null | undefined;
  /** Структурное подразделение (Department). PRG-11. */
  organization_unit?: string | null | undefined;
  /** Ссылка на программу (Link to the programme). PRG-12. */
  internet_link?: string | null | undefined;
  /** Получение новой компетенции (A new competency is acquired). PRG-13. */
  is_new_competency?: boolean | null | undefined;
  /** Описание новой компетенции (Description of the new competency). PRG-14. Sent only when a new competency is acquired. */
  new_competency_desc?: string | null | undefined;
  /** Включает симуляционное обучение (Includes simulation training). PRG-15. */
  is_simulation?: boolean | null | undefined;
  /** Описание симуляционного обучения (Simulation training). PRG-16. Sent only when the programme includes simulation training. */
  simulation?: ProgrammeUpdateSimulationInput | null | undefined;
  /** Включает стажировку (Includes an internship). PRG-17. */
  is_internship?: boolean | null | undefined;
  /** Стажировка (Internship). PRG-18. Sent only when the programme includes an internship. */
  internship?: ProgrammeUpdateInternshipInput | null | undefined;
  /** Включает дистанционное обучение (Includes distance learning). PRG-19. */
  is_remote?: boolean | null | undefined;
  /** Описание ДОТ и ЭО (Distance learning and e-learning). PRG-20. Sent only when the programme includes distance learning. */
  remote?: ProgrammeUpdateRemoteInput | null | undefined;
  /** Включает сетевую форму реализации (Carried out jointly with other organisations). PRG-21. */
  is_network?: boolean | null | undefined;
  /** Детали сетевой формы (Joint programme). PRG-22. Sent only when the programme is carried out jointly with other organisations. */
  network?: ProgrammeUpdateNetworkInput | null | undefined;
  /** Стоимость обучения (Prices). PRG-23. Sent only when the paid basis is chosen. */
  prices?: ProgrammeUpdatePricesInput[] | null | undefined;
  /** Стоимость обучения за счёт средств ФОМС (Prices paid by the insurance fund (ФОМС)). PRG-24. Sent only when the basis paid by the insurance fund (ФОМС) is chosen. */
  prices_foms?: ProgrammeUpdatePricesFomsInput[] | null | undefined;
  /** Список специальностей (Specialities). PRG-25. */
  specialities?: ProgrammeUpdateSpecialitiesInput[] | null | undefined;
};
/** Описание симуляционного обучения (Simulation training). PRG-16. Sent only when the programme includes simulation training. */
export type ProgrammeUpdateSimulation = {
  /** Объём симуляционного обучения, ЗЕТ (Volume of simulation training, credits (ЗЕТ)). PRG-16. */
  volume?: number;
  /** С применением симуляционного оборудования (Simulation equipment is used). PRG-16. */
  equipment?: boolean;
  /** Задача, описание симуляционного обучения (Aim and description of simulation training). PRG-16. */
  description?: string;
};
/** Стажировка (Internship). PRG-18. Sent only when the programme includes an internship. */
export type ProgrammeUpdateInternship = {
  /** Объём стажировки, ЗЕТ (Volume of the internship, credits (ЗЕТ)). PRG-18. */
  volume?: number;
  /** Задача, описание стажировки (Aim and description of the internship). PRG-18. */
  description?: string;
  /** Место проведения стажировки (Place of the internship). PRG-18. */
  location?: string;
  /** Руководитель (куратор) стажировки (Mentor of the internship). PRG-18. */
  mentor?: string;
};
/** Описание ДОТ и ЭО (Distance learning and e-learning). PRG-20. Sent only when the programme includes distance learning. */
export type ProgrammeUpdateRemote = {
  /** Трудоёмкость ДОТ, ЗЕТ (Volume of distance learning, credits (ЗЕТ)). PRG-20. */
  volume?: number;
  /** Описание ДОТ и ЭО (Description of distance learning and e-learning). PRG-20. */
  description?: string;
};
/** Детали сетевой формы (Joint programme). PRG-22. Sent only when the programme is carried out jointly with other organisations. */
export type ProgrammeUpdateNetwork = {
  /** Количество участников (Number of participants). PRG-22. */
  participants?: number;
  /** Участники сетевой формы обучения (Participating organisations). PRG-22. */
  organizations?: string[];
};
/** Стоимость обучения (Prices). PRG-23. Sent only when the paid basis is chosen. */
export type ProgrammeUpdatePrices = {
  /** Стоимость обучения, руб. (Price, roubles). PRG-23. */
  price?: number | string;
  /** Действует с (Valid from). PRG-23. */
  start_date?: string;
  /** Комментарий (Comment). PRG-23. */
  comment?: string;
};
/** Стоимость обучения за счёт средств ФОМС (Prices paid by the insurance fund (ФОМС)). PRG-24. Sent only when the basis paid by the insurance fund (ФОМС) is chosen. */
export type ProgrammeUpdatePricesFoms = {
  /** Стоимость обучения, руб. (Price, roubles). PRG-24. */
  price?: number | string;
  /** Действует с (Valid from). PRG-24. */
  start_date?: string;
  /** Комментарий (Comment). PRG-24. */
  comment?: string;
};
/** Разделы УМК (Partitions of the kit). PRG-32. */
export type ProgrammeUpdateSpecialitiesProgrammesUmkPartitions = {
  /** Идентификатор раздела (Partition id). PRG-32. */
  id: string;
};
/** УМК пятилетней программы (Teaching kits (УМК) of the five-year programme). PRG-32. */
export type ProgrammeUpdateSpecialitiesProgrammesUmk = {
  /** Идентификатор УМК (Teaching kit (УМК) id). PRG-32. */
  id: string;
  /** Разделы УМК (Partitions of the kit). PRG-32. */
  partitions?: ProgrammeUpdateSpecialitiesProgrammesUmkPartitions[];
};
/** Разделы пятилетней программы (Partitions of the five-year programme). PRG-33. Sent only when no teaching kits (УМК) are given. */
export type ProgrammeUpdateSpecialitiesProgrammesPartitions = {
  /** Идентификатор раздела (Partition id). PRG-33. */
  id: string;
};
/** Пятилетние программы (Five-year programmes). PRG-30. */
export type ProgrammeUpdateSpecialitiesProgrammes = {
  /** Идентификатор пятилетней программы (Five-year programme id). PRG-31. */
  id: string;
  /** УМК пятилетней программы (Teaching kits (УМК) of the five-year programme). PRG-32. */
  umk?: ProgrammeUpdateSpecialitiesProgrammesUmk[];
  /** Разделы пятилетней программы (Partitions of the five-year programme). PRG-33. Sent only when no teaching kits (УМК) are given. */
  partitions?: ProgrammeUpdateSpecialitiesProgrammesPartitions[];
};
/** Список специальностей (Specialities). PRG-25. */
export type ProgrammeUpdateSpecialities = {
  /** Название специальности (Name of the speciality). PRG-26. */
  name: string;
  /** Основная специальность (Main speciality). PRG-27. */
  main: boolean;
  /** Все разделы (All partitions). PRG-29. */
  all_partitions?: boolean;
  /** Пятилетние программы (Five-year programmes). PRG-30. */
  programmes?: ProgrammeUpdateSpecialitiesProgrammes[];
};
/** `programme.update`: the outgoing body. */
export type ProgrammeUpdate = {
  /** Комментарий к изменению (Comment on the change). PRG-01. */
  change_comment?: string;
  /** Номер программы (Programme number). PRG-02. */
  program_number: string;
  /** Название программы (Name of the programme). PRG-03. */
  name: string;
  /** Год разработки (Year of development). PRG-04. */
  development_year: number;
  /** Трудоёмкость, ЗЕТ (Volume, credits (ЗЕТ)). PRG-05. */
  volume_zet_total: number;
  /** Объём заочной части, ЗЕТ (Volume by correspondence, credits (ЗЕТ)). PRG-06. */
  volume_zet_extramural?: number;
  /** Бюджетная основа (Budget basis). PRG-07. */
  is_budget: boolean;
  /** Платная (договорная) основа (Paid basis). PRG-07. */
  is_paid: boolean;
  /** Платная основа за счёт средств ФОМС (Basis paid by the insurance fund (ФОМС)). PRG-07. */
  is_paid_foms: boolean;
  /** Обоснование стоимости обучения (Grounds for the price). PRG-09. */
  price_reason?: string;
  /** Форма обучения (Form of education). PRG-10. */
  education_form: "fulltime" | "semiremote" | "remote";
  /** Аннотация (Summary). PRG-11. */
  annotation?: string;
  /** Структурное подразделение (Department). PRG-11. */
  organization_unit?: string;
  /** Ссылка на программу (Link to the programme). PRG-12. */
  internet_link?: string;
  /** Получение новой компетенции (A new competency is acquired). PRG-13. */
  is_new_competency?: boolean;
  /** Описание новой компетенции (Description of the new competency). PRG-14. Sent only when a new competency is acquired. */
  new_competency_desc?: string;
  /** Включает симуляционное обучение (Includes simulation training). PRG-15. */
  is_simulation: boolean;
  /** Описание симуляционного обучения (Simulation training). PRG-16. Sent only when the programme includes simulation training. */
  simulation?: ProgrammeUpdateSimulation;
  /** Включает стажировку (Includes an internship). PRG-17. */
  is_internship?: boolean;
  /** Стажировка (Internship). PRG-18. Sent only when the programme includes an internship. */
  internship?: ProgrammeUpdateInternship;
  /** Включает дистанционное обучение (Includes distance learning). PRG-19. */
  is_remote: boolean;
  /** Описание ДОТ и ЭО (Distance learning and e-learning). PRG-20. Sent only when the programme includes distance learning. */
  remote?: ProgrammeUpdateRemote;
  /** Включает сетевую форму реализации (Carried out jointly with other organisations). PRG-21. */
  is_network: boolean;
  /** Детали сетевой формы (Joint programme). PRG-22. Sent only when the programme is carried out jointly with other organisations. */
  network?: ProgrammeUpdateNetwork;
  /** Стоимость обучения (Prices). PRG-23. Sent only when the paid basis is chosen. */
  prices?: ProgrammeUpdatePrices[];
  /** Стоимость обучения за счёт средств ФОМС (Prices paid by the insurance fund (ФОМС)). PRG-24. Sent only when the basis paid by the insurance fund (ФОМС) is chosen. */
  prices_foms?: ProgrammeUpdatePricesFoms[];
  /** Список специальностей (Specialities). PRG-25. */
  specialities: ProgrammeUpdateSpecialities[];
};
/** `programme.update`: Изменение программы (Change of a programme). Source: «Добавление и изменение информации о ДПП ПК». */
export const programmeUpdate: Payload<ProgrammeUpdateInput, ProgrammeUpdate> = /* @__PURE__ */ payload("programme.update", "outbound", "POST", "education/dpppk/update");

/** `programme.status`: the draft as a form library holds it. */
export type ProgrammeStatusInput = {
  /** Идентификатор программы (Programme id). STA-01. */
  program_id?: string | null | undefined;
};
/** `programme.status`: the outgoing body. */
export type ProgrammeStatus = {
  /** Идентификатор программы (Programme id). STA-01. */
  program_id: string;
};
/** `programme.status`: Запрос статуса программы (Status of a programme). Source: «Проверка статуса прохождения технической экспертизы (оценки)». */
export const programmeStatus: Payload<ProgrammeStatusInput, ProgrammeStatus> = /* @__PURE__ */ payload("programme.status", "outbound", "POST", "education/dpppk/status");

/** Адрес (Address). CYC-20. */
export type CycleCreateAddressInput = {
  /** Улица, дом (Street address). CYC-20. */
  address?: string | null | undefined;
  /** Регион (Region). CYC-20. */
  region?: string | null | undefined;
  /** Город (City). CYC-20. */
  city?: string | null | undefined;
};
/** `cycle.create`: the draft as a form library holds it. */
export type CycleCreateInput = {
  /** Идентификатор цикла (Cycle id). CYC-01. */
  id?: string | null | undefined;
  /** Программа повышения квалификации (Programme). CYC-02. */
  programme?: string | null | undefined;
  /** Дата начала цикла (First day). CYC-03. */
  begin_date?: string | null | undefined;
  /** Дата окончания цикла (Last day). CYC-04. */
  end_date?: string | null | undefined;
  /** Форма обучения (Form of education). CYC-06. */
  education_form?: ChoiceInput<"fulltime" | "semiremote" | "remote"> | null | undefined;
  /** Бюджетная основа (Budget basis). CYC-07. */
  is_budget?: boolean | null | undefined;
  /** Платная (договорная) основа (Paid basis). CYC-07. */
  is_paid?: boolean | null | undefined;
  /** Платная основа за счёт средств ФОМС (Basis paid by the insurance fund (ФОМС)). CYC-07. */
  is_paid_foms?: boolean | null | undefined;
  /** Стоимость обучения, руб. (Price, roubles). CYC-09. Required when the paid basis is chosen. Sent only when the paid basis is chosen. */
  price?: NumberInput | null | undefined;
  /** Стоимость обучения за счёт средств ФОМС, руб. (Price paid by the insurance fund, roubles). CYC-10. Required when the basis paid by the insurance fund (ФОМС) is chosen. Sent only when the basis paid by the insurance fund (ФОМС) is chosen. */
  price_foms?: NumberInput | null | undefined;
  /** Есть бюджетные места (There are budget places). CYC-11. Required when the budget basis is chosen. Sent only when the budget basis is chosen. */
  has_budget_places?: boolean | null | undefined;
  /** Есть платные места (There are paid places). CYC-13. Required when the paid basis is chosen. Sent only when the paid basis is chosen. */
  has_paid_places?: boolean | null | undefined;
  /** Количество бюджетных мест (Number of budget places). CYC-12. Required when the budget basis is chosen. Sent only when the budget basis is chosen. */
  budget_places?: NumberInput | null | undefined;
  /** Количество платных мест (Number of paid places). CYC-14. Required when the paid basis is chosen. Sent only when the paid basis is chosen. */
  paid_places?: NumberInput | null | undefined;
  /** Информация о местах (About the places). CYC-15. */
  places_notes?: string | null | undefined;
  /** Выездной цикл (Held off-site). CYC-16. */
  is_outbound?: boolean | null | undefined;
  /** Клиническая база (Clinical base). CYC-15. */
  clinical_base?: string | null | undefined;
  /** Телефон (Phone). CYC-17. */
  phone?: string | null | undefined;
  /** Адрес электронной почты (E-mail). CYC-18. */
  email?: string | null | undefined;
  /** Примечания (Notes). CYC-15. */
  notes?: string | null | undefined;
  /** Комментарий к изменению (Comment on the change). CYC-19. */
  change_comment?: string | null | undefined;
  /** Адрес (Address). CYC-20. */
  address?: CycleCreateAddressInput | null | undefined;
};
/** Адрес (Address). CYC-20. A list of one in the dialect `address: "list"`. */
export type CycleCreateAddress = {
  /** Улица, дом (Street address). CYC-20. */
  address?: string;
  /** Регион (Region). CYC-20. */
  region: string;
  /** Город (City). CYC-20. */
  city: string;
};
/** `cycle.create`: the outgoing body. */
export type CycleCreate = {
  /** Идентификатор цикла (Cycle id). CYC-01. */
  id: string;
  /** Программа повышения квалификации (Programme). CYC-02. */
  programme: string;
  /** Дата начала цикла (First day). CYC-03. */
  begin_date: string;
  /** Дата окончания цикла (Last day). CYC-04. */
  end_date: string;
  /** Форма обучения (Form of education). CYC-06. */
  education_form: "fulltime" | "semiremote" | "remote";
  /** Бюджетная основа (Budget basis). CYC-07. */
  is_budget: boolean;
  /** Платная (договорная) основа (Paid basis). CYC-07. */
  is_paid: boolean;
  /** Платная основа за счёт средств ФОМС (Basis paid by the insurance fund (ФОМС)). CYC-07. */
  is_paid_foms: boolean;
  /** Стоимость обучения, руб. (Price, roubles). CYC-09. Required when the paid basis is chosen. Sent only when the paid basis is chosen. */
  price?: number;
  /** Стоимость обучения за счёт средств ФОМС, руб. (Price paid by the insurance fund, roubles). CYC-10. Required when the basis paid by the insurance fund (ФОМС) is chosen. Sent only when the basis paid by the insurance fund (ФОМС) is chosen. */
  price_foms?: number;
  /** Есть бюджетные места (There are budget places). CYC-11. Required when the budget basis is chosen. Sent only when the budget basis is chosen. */
  has_budget_places?: boolean;
  /** Есть платные места (There are paid places). CYC-13. Required when the paid basis is chosen. Sent only when the paid basis is chosen. */
  has_paid_places?: boolean;
  /** Количество бюджетных мест (Number of budget places). CYC-12. Required when the budget basis is chosen. Sent only when the budget basis is chosen. */
  budget_places?: number;
  /** Количество платных мест (Number of paid places). CYC-14. Required when the paid basis is chosen. Sent only when the paid basis is chosen. */
  paid_places?: number;
  /** Информация о местах (About the places). CYC-15. */
  places_notes?: string;
  /** Выездной цикл (Held off-site). CYC-16. */
  is_outbound?: boolean;
  /** Клиническая база (Clinical base). CYC-15. */
  clinical_base?: string;
  /** Телефон (Phone). CYC-17. */
  phone?: string;
  /** Адрес электронной почты (E-mail). CYC-18. */
  email?: string;
  /** Примечания (Notes). CYC-15. */
  notes?: string;
  /** Комментарий к изменению (Comment on the change). CYC-19. */
  change_comment?: string;
  /** Адрес (Address). CYC-20. A list of one in the dialect `address: "list"`. */
  address?: CycleCreateAddress;
};
/** `cycle.create`: Добавление цикла (New cycle). Source: «Добавление и изменение информации о цикле». */
export const cycleCreate: Payload<CycleCreateInput, CycleCreate> = /* @__PURE__ */ payload("cycle.create", "outbound", "POST", "education/cycle/create");

/** Адрес (Address). CYC-20. */
export type CycleUpdateAddressInput = {
  /** Улица, дом (Street address). CYC-20. */
  address?: string | null | undefined;
  /** Регион (Region). CYC-20. */
  region?: string | null | undefined;
  /** Город (City). CYC-20. */
  city?: string | null | undefined;
};
/** `cycle.update`: the draft as a form library holds it. */
export type CycleUpdateInput = {
  /** Идентификатор цикла (Cycle id). CYC-01. */
  id?: string | null | undefined;
  /** Программа повышения квалификации (Programme). CYC-02. */
  programme?: string | null | undefined;
  /** Дата начала цикла (First day). CYC-03. */
  begin_date?: string | null | undefined;
  /** Дата окончания цикла (Last day). CYC-04. */
  end_date?: string | null | undefined;
  /** Форма обучения (Form of education). CYC-06. */
  education_form?: ChoiceInput<"fulltime" | "semiremote" | "remote"> | null | undefined;
  /** Бюджетная основа (Budget basis). CYC-07. */
  is_budget?: boolean | null | undefined;
  /** Платная (договорная) основа (Paid basis). CYC-07. */
  is_paid?: boolean | null | undefined;
  /** Платная основа за счёт средств ФОМС (Basis paid by the insurance fund (ФОМС)). CYC-07. */
  is_paid_foms?: boolean | null | undefined;
  /** Стоимость обучения, руб. (Price, roubles). CYC-09. Required when the paid basis is chosen. Sent only when the paid basis is chosen. */
  price?: NumberInput | null | undefined;
  /** Стоимость обучения за счёт средств ФОМС, руб. (Price paid by the insurance fund, roubles). CYC-10. Required when the basis paid by the insurance fund (ФОМС) is chosen. Sent only when the basis paid by the insurance fund (ФОМС) is chosen. */
  price_foms?: NumberInput | null | undefined;
  /** Есть бюджетные места (There are budget places). CYC-11. Required when the budget basis is chosen. Sent only when the budget basis is chosen. */
  has_budget_places?: boolean | null | undefined;
  /** Есть платные места (There are paid places). CYC-13. Required when the paid basis is chosen. Sent only when the paid basis is chosen. */
  has_paid_places?: boolean | null | undefined;
  /** Количество бюджетных мест (Number of budget places). CYC-12. Required when the budget basis is chosen. Sent only when the budget basis is chosen. */
  budget_places?: NumberInput | null | undefined;
  /** Количество платных мест (Number of paid places). CYC-14. Required when the paid basis is chosen. Sent only when the paid basis is chosen. */
  paid_places?: NumberInput | null | undefined;
  /** Информация о местах (About the places). CYC-15. */
  places_notes?: string | null | undefined;
  /** Выездной цикл (Held off-site). CYC-16. */
  is_outbound?: boolean | null | undefined;
  /** Клиническая база (Clinical base). CYC-15. */
  clinical_base?: string | null | undefined;
  /** Телефон (Phone). CYC-17. */
  phone?: string | null | undefined;
  /** Адрес электронной почты (E-mail). CYC-18. */
  email?: string | null | undefined;
  /** Примечания (Notes). CYC-15. */
  notes?: string | null | undefined;
  /** Комментарий к изменению (Comment on the change). CYC-19. */
  change_comment?: string | null | undefined;
  /** Адрес (Address). CYC-20. */
  address?: CycleUpdateAddressInput | null | undefined;
};
/** Адрес (Address). CYC-20. A list of one in the dialect `address: "list"`. */
export type CycleUpdateAddress = {
  /** Улица, дом (Street address). CYC-20. */
  address?: string;
  /** Регион (Region). CYC-20. */
  region: string;
  /** Город (City). CYC-20. */
  city: string;
};
/** `cycle.update`: the outgoing body. */
export type CycleUpdate = {
  /** Идентификатор цикла (Cycle id). CYC-01. */
  id: string;
  /** Программа повышения квалификации (Programme). CYC-02. */
  programme: string;
  /** Дата начала цикла (First day). CYC-03. */
  begin_date: string;
  /** Дата окончания цикла (Last day). CYC-04. */
  end_date: string;
  /** Форма обучения (Form of education). CYC-06. */
  education_form: "fulltime" | "semiremote" | "remote";
  /** Бюджетная основа (Budget basis). CYC-07. */
  is_budget: boolean;
  /** Платная (договорная) основа (Paid basis). CYC-07. */
  is_paid: boolean;
  /** Платная основа за счёт средств ФОМС (Basis paid by the insurance fund (ФОМС)). CYC-07. */
  is_paid_foms: boolean;
  /** Стоимость обучения, руб. (Price, roubles). CYC-09. Required when the paid basis is chosen. Sent only when the paid basis is chosen. */
  price?: number;
  /** Стоимость обучения за счёт средств ФОМС, руб. (Price paid by the insurance fund, roubles). CYC-10. Required when the basis paid by the insurance fund (ФОМС) is chosen. Sent only when the basis paid by the insurance fund (ФОМС) is chosen. */
  price_foms?: number;
  /** Есть бюджетные места (There are budget places). CYC-11. Required when the budget basis is chosen. Sent only when the budget basis is chosen. */
  has_budget_places?: boolean;
  /** Есть платные места (There are paid places). CYC-13. Required when the paid basis is chosen. Sent only when the paid basis is chosen. */
  has_paid_places?: boolean;
  /** Количество бюджетных мест (Number of budget places). CYC-12. Required when the budget basis is chosen. Sent only when the budget basis is chosen. */
  budget_places?: number;
  /** Количество платных мест (Number of paid places). CYC-14. Required when the paid basis is chosen. Sent only when the paid basis is chosen. */
  paid_places?: number;
  /** Информация о местах (About the places). CYC-15. */
  places_notes?: string;
  /** Выездной цикл (Held off-site). CYC-16. */
  is_outbound?: boolean;
  /** Клиническая база (Clinical base). CYC-15. */
  clinical_base?: string;
  /** Телефон (Phone). CYC-17. */
  phone?: string;
  /** Адрес электронной почты (E-mail). CYC-18. */
  email?: string;
  /** Примечания (Notes). CYC-15. */
  notes?: string;
  /** Комментарий к изменению (Comment on the change). CYC-19. */
  change_comment?: string;
  /** Адрес (Address). CYC-20. A list of one in the dialect `address: "list"`. */
  address?: CycleUpdateAddress;
};
/** `cycle.update`: Изменение цикла (Change of a cycle). Source: «Добавление и изменение информации о цикле». */
export const cycleUpdate: Payload<CycleUpdateInput, CycleUpdate> = /* @__PURE__ */ payload("cycle.update", "outbound", "POST", "education/cycle/update");

/** `cycle.cancel`: the draft as a form library holds it. */
export type CycleCancelInput = {
  /** Идентификатор цикла (Cycle id). CAN-01. */
  id?: string | null | undefined;
  /** Комментарий к отмене (Comment on the cancellation). CAN-02. */
  change_comment?: string | null | undefined;
};
/** `cycle.cancel`: the outgoing body. */
export type CycleCancel = {
  /** Идентификатор цикла (Cycle id). CAN-01. */
  id: string;
  /** Комментарий к отмене (Comment on the cancellation). CAN-02. */
  change_comment?: string;
};
/** `cycle.cancel`: Отмена цикла (Cancellation of a cycle). Source: «Описание схемы интеграции». */
export const cycleCancel: Payload<CycleCancelInput, CycleCancel> = /* @__PURE__ */ payload("cycle.cancel", "outbound", "POST", "education/cycle/cancel");

/** `application`: the draft as a form library holds it. */
export type ApplicationInput = {
  /** Идентификатор программы (Programme id). APP-02. */
  program_id?: string | null | undefined;
  /** Идентификатор цикла (Cycle id). APP-02. */
  cycle_id?: string | null | undefined;
  /** Идентификатор заявки (Application id). APP-03. Required when no SNILS is given. */
  request_id?: string | null | undefined;
  /** Номер заявки (Application number). APP-05. */
  request_number?: string | null | undefined;
  /** СНИЛС специалиста (SNILS of the specialist). APP-04. Required when no application id is given. */
  snils?: string | null | undefined;
  /** Имя (First name). APP-06. Required when the application is not cancelled. Relevant only when the application is not cancelled. */
  first_name?: string | null | undefined;
  /** Фамилия (Last name). APP-06. Required when the application is not cancelled. Relevant only when the application is not cancelled. */
  last_name?: string | null | undefined;
  /** Отчество (Patronymic). APP-07. Relevant only when the application is not cancelled. */
  patronymic?: string | null | undefined;
  /** Дата рождения (Date of birth). APP-08. Relevant only when the application is not cancelled. */
  birth_date?: string | null | undefined;
  /** Бюджетная основа (Budget basis). APP-09. Required when the application is not cancelled. Relevant only when the application is not cancelled. */
  is_budget?: boolean | null | undefined;
  /** Платная (договорная) основа (Paid basis). APP-09. Required when the application is not cancelled. Relevant only when the application is not cancelled. */
  is_paid?: boolean | null | undefined;
  /** Платная основа за счёт средств ФОМС (Basis paid by the insurance fund (ФОМС)). APP-09. Required when the application is not cancelled. Relevant only when the application is not cancelled. */
  is_paid_foms?: boolean | null | undefined;
  /** Работаю (I work). APP-10. Required when the application is not cancelled. Relevant only when the application is not cancelled. */
  is_work?: boolean | null | undefined;
  /** Должность (Position). APP-11. Required when “I work” is chosen. Relevant only when the application is not cancelled. */
  position?: string | null | undefined;
  /** Место работы (Place of work). APP-12. Required when a position is given. Relevant only when the application is not cancelled. */
  work_place?: string | null | undefined;
  /** Адрес места работы (Address of the place of work). APP-12. Required when a position is given. Relevant only when the application is not cancelled. */
  work_address?: string | null | undefined;
  /** Плательщик (Payer). APP-13. Required when the application is not cancelled. Relevant only when the application is not cancelled. */
  payer?: string | null | undefined;
  /** Дополнительная информация (Additional information). APP-14. Relevant only when the application is not cancelled. */
  additional_info?: string | null | undefined;
  /** Комментарий (Comment). APP-14. Relevant only when the application is not cancelled. */
  comment?: string | null | undefined;
  /** Статус заявки на цикл (State of the application). APP-01. */
  state?: ChoiceInput<"actual" | "cancelled"> | null | undefined;
};
/** `application`: the canonical reading. */
export type Application = {
  /** Идентификатор программы (Programme id). APP-02. */
  program_id: string;
  /** Идентификатор цикла (Cycle id). APP-02. */
  cycle_id: string;
  /** Идентификатор заявки (Application id). APP-03. Required when no SNILS is given. */
  request_id?: string;
  /** Номер заявки (Application number). APP-05. */
  request_number: string;
  /** СНИЛС специалиста (SNILS of the specialist). APP-04. Required when no application id is given. */
  snils?: string;
  /** Имя (First name). APP-06. Required when the application is not cancelled. Relevant only when the application is not cancelled. */
  first_name?: string;
  /** Фамилия (Last name). APP-06. Required when the application is not cancelled. Relevant only when the application is not cancelled. */
  last_name?: string;
  /** Отчество (Patronymic). APP-07. Relevant only when the application is not cancelled. */
  patronymic?: string;
  /** Дата рождения (Date of birth). APP-08. Relevant only when the application is not cancelled. */
  birth_date?: string;
  /** Бюджетная основа (Budget basis). APP-09. Required when the application is not cancelled. Relevant only when the application is not cancelled. */
  is_budget?: boolean;
  /** Платная (договорная) основа (Paid basis). APP-09. Required when the application is not cancelled. Relevant only when the application is not cancelled. */
  is_paid?: boolean;
  /** Платная основа за счёт средств ФОМС (Basis paid by the insurance fund (ФОМС)). APP-09. Required when the application is not cancelled. Relevant only when the application is not cancelled. */
  is_paid_foms?: boolean;
  /** Работаю (I work). APP-10. Required when the application is not cancelled. Relevant only when the application is not cancelled. */
  is_work?: boolean;
  /** Должность (Position). APP-11. Required when “I work” is chosen. Relevant only when the application is not cancelled. */
  position?: string;
  /** Место работы (Place of work). APP-12. Required when a position is given. Relevant only when the application is not cancelled. */
  work_place?: string;
  /** Адрес места работы (Address of the place of work). APP-12. Required when a position is given. Relevant only when the application is not cancelled. */
  work_address?: string;
  /** Плательщик (Payer). APP-13. Required when the application is not cancelled. Relevant only when the application is not cancelled. */
  payer?: string;
  /** Дополнительная информация (Additional information). APP-14. Relevant only when the application is not cancelled. */
  additional_info?: string;
  /** Комментарий (Comment). APP-14. Relevant only when the application is not cancelled. */
  comment?: string;
  /** Статус заявки на цикл (State of the application). APP-01. */
  state?: "actual" | "cancelled";
};
/** `application`: Заявка на цикл (Application for a cycle). Source: «Создание, отмена и комментирование заявки на цикл по ДПП ПК». */
export const application: Payload<ApplicationInput, Application> = /* @__PURE__ */ payload("application", "inbound");

/** `application.comment`: the draft as a form library holds it. */
export type ApplicationCommentInput = {
  /** Идентификатор программы (Programme id). CMT-01. */
  program_id?: string | null | undefined;
  /** Идентификатор цикла (Cycle id). CMT-01. */
  cycle_id?: string | null | undefined;
  /** Идентификатор заявки (Application id). CMT-01. Required when no SNILS is given. */
  request_id?: string | null | undefined;
  /** Номер заявки (Application number). CMT-02. */
  request_number?: string | null | undefined;
  /** СНИЛС специалиста (SNILS of the specialist). CMT-01. Required when no application id is given. */
  snils?: string | null | undefined;
  /** Комментарий (Comment). CMT-03. */
  comment?: string | null | undefined;
};
/** `application.comment`: the outgoing body. */
export type ApplicationComment = {
  /** Идентификатор программы (Programme id). CMT-01. */
  program_id: string;
  /** Идентификатор цикла (Cycle id). CMT-01. */
  cycle_id: string;
  /** Идентификатор заявки (Application id). CMT-01. Required when no SNILS is given. */
  request_id?: string;
  /** Номер заявки (Application number). CMT-02. */
  request_number: string;
  /** СНИЛС специалиста (SNILS of the specialist). CMT-01. Required when no application id is given. */
  snils?: string;
  /** Комментарий (Comment). CMT-03. */
  comment: string;
};
/** `application.comment`: Комментарий к заявке (Comment on an application). Source: «Создание, отмена и комментирование заявки на цикл по ДПП ПК». */
export const applicationComment: Payload<ApplicationCommentInput, ApplicationComment> = /* @__PURE__ */ payload("application.comment", "outbound", "POST", "education/request/comment");

/** `programme.expertise`: the draft as a form library holds it. */
export type ProgrammeExpertiseInput = {
  /** Идентификатор программы (Programme id). EXP-01. */
  program_id?: string | null | undefined;
  /** Статус экспертизы (Status of the review). EXP-02. */
  status?: ChoiceInput<"in_progress" | "approved" | "needs_revision" | "declined" | "closed"> | null | undefined;
  /** Комментарий (Comment). EXP-03. Required when the programme was sent back for revision. */
  comment?: string | null | undefined;
};
/** `programme.expertise`: the canonical reading. */
export type ProgrammeExpertise = {
  /** Идентификатор программы (Programme id). EXP-01. */
  program_id: string;
  /** Статус экспертизы (Status of the review). EXP-02. */
  status: "in_progress" | "approved" | "needs_revision" | "declined" | "closed";
  /** Комментарий (Comment). EXP-03. Required when the programme was sent back for revision. */
  comment?: string;
};
/** `programme.expertise`: Уведомление о статусе программы (Notification of a programme's status). Source: «Описание схемы интеграции». */
export const programmeExpertise: Payload<ProgrammeExpertiseInput, ProgrammeExpertise> = /* @__PURE__ */ payload("programme.expertise", "inbound");

/** `result.update`: the draft as a form library holds it. */
export type ResultUpdateInput = {
  /** Идентификатор цикла (Cycle id). RES-01. */
  cycle_id?: string | null | undefined;
  /** Номер заявки (Application number). RES-02. */
  request_number?: string | null | undefined;
  /** Посещение (Attended). RES-03. */
  attended?: boolean | null | undefined;
  /** Результат прохождения обучения (Result). RES-04. */
  result_status?: ChoiceInput<"NOT_TRAINED" | "FAILED" | "SUCCEED" | "not_trained" | "failed" | "succed"> | null | undefined;
  /** Посещаемость, % (Attendance, %). RES-05. */
  attendance?: NumberInput | null | undefined;
  /** Практические навыки (Practical skills). RES-06. Sent only when the result is “Passed” or “Failed”. */
  practical_skills?: NumberInput | null | undefined;
  /** Собеседование (Interview). RES-06. Sent only when the result is “Passed” or “Failed”. */
  interview?: NumberInput | null | undefined;
  /** Решение кейсов (Case solving). RES-06. Sent only when the result is “Passed” or “Failed”. */
  case_solving?: NumberInput | null | undefined;
  /** Тестирование, % (Test, %). RES-07. Sent only when the result is “Passed” or “Failed”. */
  test_percentage?: NumberInput | null | undefined;
  /** Оценка итогового тестирования (Mark of the final test). RES-08. Required when the result is “Passed” or “Failed”. Sent only when the result is “Passed” or “Failed”. */
  test_mark?: NumberInput | null | undefined;
  /** Номер сертификата (Certificate number). RES-09. Sent only when the result is “Passed”. */
  certificate?: string | null | undefined;
  /** Заявка за счёт средств ФОМС (Application paid by the insurance fund (ФОМС)). RES-10. */
  certificate_applied?: boolean | null | undefined;
};
/** `result.update`: the outgoing body. */
export type ResultUpdate = {
  /** Идентификатор цикла (Cycle id). RES-01. */
  cycle_id: string;
  /** Номер заявки (Application number). RES-02. */
  request_number: string;
  /** Посещение (Attended). RES-03. */
  attended?: boolean;
  /** Результат прохождения обучения (Result). RES-04. */
  result_status: "NOT_TRAINED" | "FAILED" | "SUCCEED" | "not_trained" | "failed" | "succed";
  /** Посещаемость, % (Attendance, %). RES-05. */
  attendance?: number;
  /** Практические навыки (Practical skills). RES-06. Sent only when the result is “Passed” or “Failed”. */
  practical_skills?: number;
  /** Собеседование (Interview). RES-06. Sent only when the result is “Passed” or “Failed”. */
  interview?: number;
  /** Решение кейсов (Case solving). RES-06. Sent only when the result is “Passed” or “Failed”. */
  case_solving?: number;
  /** Тестирование, % (Test, %). RES-07. Sent only when the result is “Passed” or “Failed”. */
  test_percentage?: number;
  /** Оценка итогового тестирования (Mark of the final test). RES-08. Required when the result is “Passed” or “Failed”. Sent only when the result is “Passed” or “Failed”. */
  test_mark?: number;
  /** Номер сертификата (Certificate number). RES-09. Sent only when the result is “Passed”. */
  certificate?: string;
  /** Заявка за счёт средств ФОМС (Application paid by the insurance fund (ФОМС)). RES-10. */
  certificate_applied?: boolean;
};
/** `result.update`: Результат обучения по заявке (Result of an application). Source: «Результаты прохождения обучения». */
export const resultUpdate: Payload<ResultUpdateInput, ResultUpdate> = /* @__PURE__ */ payload("result.update", "outbound", "POST", "results/update");

/** Результаты (Results). RES-14. */
export type ResultsBulkUpdateResultsInput = {
  /** Идентификатор цикла (Cycle id). RES-01. */
  cycle_id?: string | null | undefined;
  /** Номер заявки (Application number). RES-02. */
  request_number?: string | null | undefined;
  /** Посещение (Attended). RES-03. */
  attended?: boolean | null | undefined;
  /** Результат прохождения обучения (Result). RES-04. */
  result_status?: ChoiceInput<"NOT_TRAINED" | "FAILED" | "SUCCEED" | "not_trained" | "failed" | "succed"> | null | undefined;
  /** Посещаемость, % (Attendance, %). RES-05. */
  attendance?: NumberInput | null | undefined;
  /** Практические навыки (Practical skills). RES-06. Sent only when the result is “Passed” or “Failed”. */
  practical_skills?: NumberInput | null | undefined;
  /** Собеседование (Interview). RES-06. Sent only when the result is “Passed” or “Failed”. */
  interview?: NumberInput | null | undefined;
  /** Решение кейсов (Case solving). RES-06. Sent only when the result is “Passed” or “Failed”. */
  case_solving?: NumberInput | null | undefined;
  /** Тестирование, % (Test, %). RES-07. Sent only when the result is “Passed” or “Failed”. */
  test_percentage?: NumberInput | null | undefined;
  /** Оценка итогового тестирования (Mark of the final test). RES-08. Required when the result is “Passed” or “Failed”. Sent only when the result is “Passed” or “Failed”. */
  test_mark?: NumberInput | null | undefined;
  /** Номер сертификата (Certificate number). RES-09. Sent only when the result is “Passed”. */
  certificate?: string | null | undefined;
  /** Заявка за счёт средств ФОМС (Application paid by the insurance fund (ФОМС)). RES-10. */
  certificate_applied?: boolean | null | undefined;
};
/** `results.bulk_update`: the draft as a form library holds it. */
export type ResultsBulkUpdateInput = {
  /** Идентификатор цикла (Cycle id). RES-01. */
  cycle_id?: string | null | undefined;
  /** Результаты (Results). RES-14. */
  results?: ResultsBulkUpdateResultsInput[] | null | undefined;
};
/** Результаты (Results). RES-14. */
export type ResultsBulkUpdateResults = {
  /** Идентификатор цикла (Cycle id). RES-01. */
  cycle_id?: string;
  /** Номер заявки (Application number). RES-02. */
  request_number: string;
  /** Посещение (Attended). RES-03. */
  attended?: boolean;
  /** Результат прохождения обучения (Result). RES-04. */
  result_status: "NOT_TRAINED" | "FAILED" | "SUCCEED" | "not_trained" | "failed" | "succed";
  /** Посещаемость, % (Attendance, %). RES-05. */
  attendance?: number;
  /** Практические навыки (Practical skills). RES-06. Sent only when the result is “Passed” or “Failed”. */
  practical_skills?: number;
  /** Собеседование (Interview). RES-06. Sent only when the result is “Passed” or “Failed”. */
  interview?: number;
  /** Решение кейсов (Case solving). RES-06. Sent only when the result is “Passed” or “Failed”. */
  case_solving?: number;
  /** Тестирование, % (Test, %). RES-07. Sent only when the result is “Passed” or “Failed”. */
  test_percentage?: number;
  /** Оценка итогового тестирования (Mark of the final test). RES-08. Required when the result is “Passed” or “Failed”. Sent only when the result is “Passed” or “Failed”. */
  test_mark?: number;
  /** Номер сертификата (Certificate number). RES-09. Sent only when the result is “Passed”. */
  certificate?: string;
  /** Заявка за счёт средств ФОМС (Application paid by the insurance fund (ФОМС)). RES-10. */
  certificate_applied?: boolean;
};
/** `results.bulk_update`: the outgoing body. */
export type ResultsBulkUpdate = {
  /** Идентификатор цикла (Cycle id). RES-01. */
  cycle_id: string;
  /** Результаты (Results). RES-14. */
  results: ResultsBulkUpdateResults[];
};
/** `results.bulk_update`: Результаты обучения по циклу (Results of a cycle). Source: «Результаты прохождения обучения». */
export const resultsBulkUpdate: Payload<ResultsBulkUpdateInput, ResultsBulkUpdate> = /* @__PURE__ */ payload("results.bulk_update", "outbound", "POST", "results/bulk-update");

/** `results.confirm`: the draft as a form library holds it. */
export type ResultsConfirmInput = {
  /** Идентификатор цикла (Cycle id). CNF-01. */
  cycle_id?: string | null | undefined;
};
/** `results.confirm`: the outgoing body. */
export type ResultsConfirm = {
  /** Идентификатор цикла (Cycle id). CNF-01. */
  cycle_id: string;
};
/** `results.confirm`: Подтверждение результатов (Confirmation of results). Source: «Результаты прохождения обучения». */
export const resultsConfirm: Payload<ResultsConfirmInput, ResultsConfirm> = /* @__PURE__ */ payload("results.confirm", "outbound", "POST", "results/confirm");

/** Специальности (Specialities). REF-01. */
export type ReferenceSpecialitiesSpecialitiesInput = {
  /** Название специальности (Name of the speciality). REF-01. */
  name?: string | null | undefined;
};
/** `reference.specialities`: the draft as a form library holds it. */
export type ReferenceSpecialitiesInput = {
  /** Специальности (Specialities). REF-01. */
  specialities?: ReferenceSpecialitiesSpecialitiesInput[] | null | undefined;
};
/** Специальности (Specialities). REF-01. */
export type ReferenceSpecialitiesSpecialities = {
  /** Название специальности (Name of the speciality). REF-01. */
  name: string;
};
/** `reference.specialities`: the canonical reading. */
export type ReferenceSpecialities = {
  /** Специальности (Specialities). REF-01. */
  specialities: ReferenceSpecialitiesSpecialities[];
};
/** `reference.specialities`: Справочник специальностей (List of specialities). Source: «Получение информации о специальностях, пятилетних программах, версиях УМК и разделах УМК». */
export const referenceSpecialities: Payload<ReferenceSpecialitiesInput, ReferenceSpecialities> = /* @__PURE__ */ payload("reference.specialities", "inbound", "GET", "umk/specialities");

/** Разделы УМК (Partitions of the kit). REF-02. */
export type ReferenceProgrammesProgrammesUmkPartitionsInput = {
  /** Идентификатор раздела (Partition id). REF-02. */
  id?: string | null | undefined;
  /** Название раздела (Name of the partition). REF-02. */
  name?: string | null | undefined;
};
/** УМК (Teaching kits (УМК)). REF-02. */
export type ReferenceProgrammesProgrammesUmkInput = {
  /** Идентификатор УМК (Teaching kit (УМК) id). REF-02. */
  id?: string | null | undefined;
  /** Название УМК (Name of the teaching kit (УМК)). REF-02. */
  name?: string | null | undefined;
  /** Действующий (Current). REF-02. */
  actual?: boolean | null | undefined;
  /** Разделы УМК (Partitions of the kit). REF-02. */
  partitions?: ReferenceProgrammesProgrammesUmkPartitionsInput[] | null | undefined;
};
/** Пятилетние программы (Five-year programmes). REF-02. */
export type ReferenceProgrammesProgrammesInput = {
  /** Идентификатор пятилетней программы (Five-year programme id). REF-02. */
  id?: string | null | undefined;
  /** Название пятилетней программы (Name of the five-year programme). REF-02. */
  name?: string | null | undefined;
  /** Специальность (Speciality). REF-02. */
  speciality?: string | null | undefined;
  /** УМК (Teaching kits (УМК)). REF-02. */
  umk?: ReferenceProgrammesProgrammesUmkInput[] | null | undefined;
};
/** `reference.programmes`: the draft as a form library holds it. */
export type ReferenceProgrammesInput = {
  /** Пятилетние программы (Five-year programmes). REF-02. */
  programmes?: ReferenceProgrammesProgrammesInput[] | null | undefined;
};
/** Разделы УМК (Partitions of the kit). REF-02. */
export type ReferenceProgrammesProgrammesUmkPartitions = {
  /** Идентификатор раздела (Partition id). REF-02. */
  id: string;
  /** Название раздела (Name of the partition). REF-02. */
  name?: string;
};
/** УМК (Teaching kits (УМК)). REF-02. */
export type ReferenceProgrammesProgrammesUmk = {
  /** Идентификатор УМК (Teaching kit (УМК) id). REF-02. */
  id: string;
  /** Название УМК (Name of the teaching kit (УМК)). REF-02. */
  name?: string;
  /** Действующий (Current). REF-02. */
  actual?: boolean;
  /** Разделы УМК (Partitions of the kit). REF-02. */
  partitions?: ReferenceProgrammesProgrammesUmkPartitions[];
};
/** Пятилетние программы (Five-year programmes). REF-02. */
export type ReferenceProgrammesProgrammes = {
  /** Идентификатор пятилетней программы (Five-year programme id). REF-02. */
  id: string;
  /** Название пятилетней программы (Name of the five-year programme). REF-02. */
  name?: string;
  /** Специальность (Speciality). REF-02. */
  speciality?: string;
  /** УМК (Teaching kits (УМК)). REF-02. */
  umk?: ReferenceProgrammesProgrammesUmk[];
};
/** `reference.programmes`: the canonical reading. */
export type ReferenceProgrammes = {
  /** Пятилетние программы (Five-year programmes). REF-02. */
  programmes: ReferenceProgrammesProgrammes[];
};
/** `reference.programmes`: Справочник пятилетних программ (List of five-year programmes). Source: «Получение информации о специальностях, пятилетних программах, версиях УМК и разделах УМК». */
export const referenceProgrammes: Payload<ReferenceProgrammesInput, ReferenceProgrammes> = /* @__PURE__ */ payload("reference.programmes", "inbound", "GET", "umk/programmes");

/** `programme.answer`: the draft as a form library holds it. */
export type ProgrammeAnswerInput = {
  /** Операция выполнена успешно (The operation succeeded). RSP-01. */
  success?: boolean | null | undefined;
  /** Причина ошибки выполнения (Reason of the failure). RSP-02. Required when the operation failed. */
  reason?: ChoiceInput<"already_exists" | "not_found" | "incomplete_data" | "incorrect_data" | "unknown"> | null | undefined;
  /** Причина в исходной записи (Reason as it was written). RSP-02. */
  reason_raw?: string | null | undefined;
  /** Детали результата (Details of the result). RSP-01. */
  description?: string | null | undefined;
};
/** `programme.answer`: the canonical reading. */
export type ProgrammeAnswer = {
  /** Операция выполнена успешно (The operation succeeded). RSP-01. */
  success: boolean;
  /** Причина ошибки выполнения (Reason of the failure). RSP-02. Required when the operation failed. */
  reason?: "already_exists" | "not_found" | "incomplete_data" | "incorrect_data" | "unknown";
  /** Причина в исходной записи (Reason as it was written). RSP-02. */
  reason_raw?: string;
  /** Детали результата (Details of the result). RSP-01. */
  description?: string;
};
/** `programme.answer`: Ответ на передачу программы (Answer to a programme). Source: «Добавление и изменение информации о ДПП ПК». */
export const programmeAnswer: Payload<ProgrammeAnswerInput, ProgrammeAnswer> = /* @__PURE__ */ payload("programme.answer", "inbound");

/** `cycle.answer`: the draft as a form library holds it. */
export type CycleAnswerInput = {
  /** Операция выполнена успешно (The operation succeeded). RSP-01. */
  success?: boolean | null | undefined;
  /** Причина ошибки выполнения (Reason of the failure). RSP-02. Required when the operation failed. */
  reason?: ChoiceInput<"already_exists" | "cycle_not_found" | "program_not_found" | "incomplete_data" | "incorrect_data" | "unknown"> | null | undefined;
  /** Причина в исходной записи (Reason as it was written). RSP-02. */
  reason_raw?: string | null | undefined;
  /** Детали результата (Details of the result). RSP-01. */
  description?: string | null | undefined;
};
/** `cycle.answer`: the canonical reading. */
export type CycleAnswer = {
  /** Операция выполнена успешно (The operation succeeded). RSP-01. */
  success: boolean;
  /** Причина ошибки выполнения (Reason of the failure). RSP-02. Required when the operation failed. */
  reason?: "already_exists" | "cycle_not_found" | "program_not_found" | "incomplete_data" | "incorrect_data" | "unknown";
  /** Причина в исходной записи (Reason as it was written). RSP-02. */
  reason_raw?: string;
  /** Детали результата (Details of the result). RSP-01. */
  description?: string;
};
/** `cycle.answer`: Ответ на передачу цикла (Answer to a cycle). Source: «Добавление и изменение информации о цикле». */
export const cycleAnswer: Payload<CycleAnswerInput, CycleAnswer> = /* @__PURE__ */ payload("cycle.answer", "inbound");

/** `status.answer`: the draft as a form library holds it. */
export type StatusAnswerInput = {
  /** Операция выполнена успешно (The operation succeeded). STA-02. Required when no status is given. */
  success?: boolean | null | undefined;
  /** Статус экспертизы (Status of the review). STA-03. Required when the request succeeded. */
  status?: ChoiceInput<"in_progress" | "approved" | "needs_revision" | "declined" | "closed"> | null | undefined;
  /** Причина ошибки выполнения (Reason of the failure). RSP-02. */
  reason?: ChoiceInput<"unknown_program" | "incorrect_data" | "unknown"> | null | undefined;
  /** Причина в исходной записи (Reason as it was written). RSP-02. */
  reason_raw?: string | null | undefined;
  /** Комментарий (Comment). STA-02. */
  comment?: string | null | undefined;
};
/** `status.answer`: the canonical reading. */
export type StatusAnswer = {
  /** Операция выполнена успешно (The operation succeeded). STA-02. Required when no status is given. */
  success?: boolean;
  /** Статус экспертизы (Status of the review). STA-03. Required when the request succeeded. */
  status?: "in_progress" | "approved" | "needs_revision" | "declined" | "closed";
  /** Причина ошибки выполнения (Reason of the failure). RSP-02. */
  reason?: "unknown_program" | "incorrect_data" | "unknown";
  /** Причина в исходной записи (Reason as it was written). RSP-02. */
  reason_raw?: string;
  /** Комментарий (Comment). STA-02. */
  comment?: string;
};
/** `status.answer`: Ответ на запрос статуса (Answer to a status request). Source: «Проверка статуса прохождения технической экспертизы (оценки)». */
export const statusAnswer: Payload<StatusAnswerInput, StatusAnswer> = /* @__PURE__ */ payload("status.answer", "inbound");

/** `results.answer`: the draft as a form library holds it. */
export type ResultsAnswerInput = {
  /** Операция выполнена успешно (The operation succeeded). RSP-01. */
  success?: boolean | null | undefined;
  /** Причина ошибки выполнения (Reason of the failure). RSP-02. Required when the operation failed. */
  reason?: ChoiceInput<"unknown_request" | "incorrect_pin" | "already_completed" | "incomplete_data" | "unknown"> | null | undefined;
  /** Причина в исходной записи (Reason as it was written). RSP-02. */
  reason_raw?: string | null | undefined;
  /** Детали результата (Details of the result). RSP-01. */
  description?: string | null | undefined;
};
/** `results.answer`: the canonical reading. */
export type ResultsAnswer = {
  /** Операция выполнена успешно (The operation succeeded). RSP-01. */
  success: boolean;
  /** Причина ошибки выполнения (Reason of the failure). RSP-02. Required when the operation failed. */
  reason?: "unknown_request" | "incorrect_pin" | "already_completed" | "incomplete_data" | "unknown";
  /** Причина в исходной записи (Reason as it was written). RSP-02. */
  reason_raw?: string;
  /** Детали результата (Details of the result). RSP-01. */
  description?: string;
};
/** `results.answer`: Ответ на передачу результатов (Answer to results). Source: «Результаты прохождения обучения». */
export const resultsAnswer: Payload<ResultsAnswerInput, ResultsAnswer> = /* @__PURE__ */ payload("results.answer", "inbound");

/** `token.answer`: the draft as a form library holds it. */
export type TokenAnswerInput = {
  /** Токен доступа (Access token). TOK-01. */
  access_token?: string | null | undefined;
  /** Тип токена (Token type). TOK-01. */
  token_type?: string | null | undefined;
  /** Токен обновления (Refresh token). TOK-01. */
  refresh_token?: string | null | undefined;
  /** Срок действия, секунд (Lifetime, seconds). TOK-01. */
  expires_in?: NumberInput | null | undefined;
  /** Область доступа (Scope). TOK-01. */
  scope?: string | null | undefined;
};
/** `token.answer`: the canonical reading. */
export type TokenAnswer = {
  /** Токен доступа (Access token). TOK-01. */
  access_token: string;
  /** Тип токена (Token type). TOK-01. */
  token_type?: string;
  /** Токен обновления (Refresh token). TOK-01. */
  refresh_token?: string;
  /** Срок действия, секунд (Lifetime, seconds). TOK-01. */
  expires_in?: number;
  /** Область доступа (Scope). TOK-01. */
  scope?: string;
};
/** `token.answer`: Ответ сервиса токенов (Answer of the token endpoint). Source: «Аутентификация ИС на Портале». */
export const tokenAnswer: Payload<TokenAnswerInput, TokenAnswer> = /* @__PURE__ */ payload("token.answer", "inbound");

/** `application.answer`: the draft as a form library holds it. */
export type ApplicationAnswerInput = {
  /** Операция выполнена успешно (The operation succeeded). RSP-01. */
  success?: boolean | null | undefined;
  /** Причина ошибки выполнения (Reason of the failure). RSP-02. Required when the operation failed. */
  reason?: ChoiceInput<"cycle_not_found" | "program_not_found" | "incorrect_data" | "unknown"> | null | undefined;
  /** Причина в исходной записи (Reason as it was written). RSP-02. */
  reason_raw?: string | null | undefined;
  /** Детали результата (Details of the result). RSP-01. */
  description?: string | null | undefined;
  /** Статус заявки на цикл (State of the application). RSP-01. */
  state?: ChoiceInput<"actual" | "cancelled"> | null | undefined;
};
/** `application.answer`: the outgoing body. */
export type ApplicationAnswer = {
  /** Операция выполнена успешно (The operation succeeded). RSP-01. */
  success: boolean;
  /** Причина ошибки выполнения (Reason of the failure). RSP-02. Required when the operation failed. */
  reason?: "cycle_not_found" | "program_not_found" | "incorrect_data" | "unknown";
  /** Причина в исходной записи (Reason as it was written). RSP-02. */
  reason_raw?: string;
  /** Детали результата (Details of the result). RSP-01. */
  description?: string;
  /** Статус заявки на цикл (State of the application). RSP-01. */
  state?: "actual" | "cancelled";
};
/** `application.answer`: Ответ на заявку (Answer to an application). Source: «Создание, отмена и комментирование заявки на цикл по ДПП ПК». */
export const applicationAnswer: Payload<ApplicationAnswerInput, ApplicationAnswer> = /* @__PURE__ */ payload("application.answer", "outbound");

/** Платіжні реквізити закладу (Payment details of the provider). CTR-05. */
export type ContractRequestCapitationContractorPaymentDetailsInput = {
  /** Назва банку (Name of the bank). CTR-21. */
  bank_name?: string | null | undefined;
  /** Код банку (МФО) (Bank code (MFO)). CTR-20. */
  MFO?: string | null | undefined;
  /** Номер рахунку (Account number). CTR-20. */
  payer_account?: string | null | undefined;
};
/** Договір з підрядником (Contract with the subcontractor). CTR-05. */
export type ContractRequestCapitationExternalContractorsContractInput = {
  /** Номер договору з підрядником (Number of the contract with the subcontractor). CTR-21. */
  number?: string | null | undefined;
  /** Дата укладення (Issued on). CTR-05. */
  issued_at?: string | null | undefined;
  /** Діє до (Expires on). CTR-05. */
  expires_at?: string | null | undefined;
};
/** Місця надання послуг підрядником (Divisions served by the subcontractor). CTR-05. */
export type ContractRequestCapitationExternalContractorsDivisionsInput = {
  /** Місце надання послуг (ідентифікатор) (Division (id)). CTR-05. */
  id?: string | null | undefined;
  /** Медична послуга (Medical service). CTR-19. */
  medical_service?: string | null | undefined;
};
/** Підрядники (Subcontractors). CTR-05. */
export type ContractRequestCapitationExternalContractorsInput = {
  /** Підрядник (ідентифікатор) (Subcontractor (id)). CTR-05. */
  legal_entity_id?: string | null | undefined;
  /** Договір з підрядником (Contract with the subcontractor). CTR-05. */
  contract?: ContractRequestCapitationExternalContractorsContractInput | null | undefined;
  /** Місця надання послуг підрядником (Divisions served by the subcontractor). CTR-05. */
  divisions?: ContractRequestCapitationExternalContractorsDivisionsInput[] | null | undefined;
};
/** Працівники та місця надання послуг (Employees and divisions). CTR-05. */
export type ContractRequestCapitationContractorEmployeeDivisionsInput = {
  /** Працівник (ідентифікатор) (Employee (id)). CTR-05. */
  employee_id?: string | null | undefined;
  /** Кількість ставок (Staff units). CTR-05. */
  staff_units?: NumberInput | null | undefined;
  /** Ліміт декларацій (Declaration limit). CTR-05. */
  declaration_limit?: NumberInput | null | undefined;
  /** Місце надання послуг (ідентифікатор) (Division (id)). CTR-05. */
  division_id?: string | null | undefined;
};
/** `contract_request.capitation`: the draft as a form library holds it. */
export type ContractRequestCapitationInput = {
  /** Представник закладу (ідентифікатор) (Person who represents the provider (id)). CTR-05. */
  contractor_owner_id?: string | null | undefined;
  /** Заклад, сторона договору (ідентифікатор) (Provider, party to the contract (id)). CTR-05. */
  contractor_legal_entity_id?: string | null | undefined;
  /** Підстава, на якій діє заклад (Document on which the provider acts). CTR-21. */
  contractor_base?: string | null | undefined;
  /** Платіжні реквізити закладу (Payment details of the provider). CTR-05. */
  contractor_payment_details?: ContractRequestCapitationContractorPaymentDetailsInput | null | undefined;
  /** Кількість осіб, яких обслуговує надавач (Number of people served). CTR-05. */
  contractor_rmsp_amount?: NumberInput | null | undefined;
  /** Є підрядники (другий додаток) (There are subcontractors (second appendix)). CTR-05. */
  external_contractor_flag?: boolean | null | undefined;
  /** Підрядники (Subcontractors). CTR-05. */
  external_contractors?: ContractRequestCapitationExternalContractorsInput[] | null | undefined;
  /** Працівники та місця надання послуг (Employees and divisions). CTR-05. */
  contractor_employee_divisions?: ContractRequestCapitationContractorEmployeeDivisionsInput[] | null | undefined;
  /** Місця надання послуг (Divisions). CTR-05. */
  contractor_divisions?: string[] | null | undefined;
  /** Дата початку договору (Start date). CTR-06. */
  start_date?: string | null | undefined;
  /** Дата закінчення договору (End date). CTR-06. */
  end_date?: string | null | undefined;
  /** Форма договору (Form of the contract). CTR-19. */
  id_form?: string | null | undefined;
  /** Номер договору (Contract number). CTR-07. */
  contract_number?: string | null | undefined;
  /** Підписант НСЗУ (ідентифікатор) (Signer from the NHS (id)). CTR-05. */
  nhs_signer_id?: string | null | undefined;
  /** НСЗУ (ідентифікатор) (NHS (id)). CTR-05. */
  nhs_legal_entity_id?: string | null | undefined;
  /** Підстава, на якій діє підписант НСЗУ (Document on which the NHS's signer acts). CTR-05. */
  nhs_signer_base?: string | null | undefined;
  /** Договір уже підписано (Already signed). CTR-05. */
  contractor_signed?: boolean | null | undefined;
  /** Ціна договору, грн (Contract price, UAH). CTR-05. */
  nhs_contract_price?: NumberInput | null | undefined;
  /** Спосіб оплати (Payment method). CTR-19. */
  nhs_payment_method?: string | null | undefined;
  /** Місце укладення договору (Place of issue). CTR-05. */
  issue_city?: string | null | undefined;
  /** Інші умови (Other terms). CTR-05. */
  misc?: string | null | undefined;
  /** Текст згоди (Text of the consent). CTR-05. */
  consent_text?: string | null | undefined;
  /** Причина зміни статусу (Reason of the change of status). CTR-05. */
  status_reason?: string | null | undefined;
  /** Батьківський договір (ідентифікатор) (Parent contract (id)). CTR-05. */
  parent_contract_id?: string | null | undefined;
  /** Відповідальний працівник (ідентифікатор) (Assignee (id)). CTR-05. */
  assignee_id?: string | null | undefined;
};
/** Платіжні реквізити закладу (Payment details of the provider). CTR-05. */
export type ContractRequestCapitationContractorPaymentDetails = {
  /** Назва банку (Name of the bank). CTR-21. */
  bank_name: string;
  /** Код банку (МФО) (Bank code (MFO)). CTR-20. */
  MFO: string;
  /** Номер рахунку (Account number). CTR-20. */
  payer_account: string;
};
/** Договір з підрядником (Contract with the subcontractor). CTR-05. */
export type ContractRequestCapitationExternalContractorsContract = {
  /** Номер договору з підрядником (Number of the contract with the subcontractor). CTR-21. */
  number: string;
  /** Дата укладення (Issued on). CTR-05. */
  issued_at: string;
  /** Діє до (Expires on). CTR-05. */
  expires_at: string;
};
/** Місця надання послуг підрядником (Divisions served by the subcontractor). CTR-05. */
export type ContractRequestCapitationExternalContractorsDivisions = {
  /** Місце надання послуг (ідентифікатор) (Division (id)). CTR-05. */
  id: string;
  /** Медична послуга (Medical service). CTR-19. */
  medical_service: string;
};
/** Підрядники (Subcontractors). CTR-05. */
export type ContractRequestCapitationExternalContractors = {
  /** Підрядник (ідентифікатор) (Subcontractor (id)). CTR-05. */
  legal_entity_id: string;
  /** Договір з підрядником (Contract with the subcontractor). CTR-05. */
  contract: ContractRequestCapitationExternalContractorsContract;
  /** Місця надання послуг підрядником (Divisions served by the subcontractor). CTR-05. */
  divisions: ContractRequestCapitationExternalContractorsDivisions[];
};
/** Працівники та місця надання послуг (Employees and divisions). CTR-05. */
export type ContractRequestCapitationContractorEmployeeDivisions = {
  /** Працівник (ідентифікатор) (Employee (id)). CTR-05. */
  employee_id: string;
  /** Кількість ставок (Staff units). CTR-05. */
  staff_units: number;
  /** Ліміт декларацій (Declaration limit). CTR-05. */
  declaration_limit: number;
  /** Місце надання послуг (ідентифікатор) (Division (id)). CTR-05. */
  division_id: string;
};
/** `contract_request.capitation`: the outgoing body. */
export type ContractRequestCapitation = {
  /** Представник закладу (ідентифікатор) (Person who represents the provider (id)). CTR-05. */
  contractor_owner_id: string;
  /** Заклад, сторона договору (ідентифікатор) (Provider, party to the contract (id)). CTR-05. */
  contractor_legal_entity_id: string;
  /** Підстава, на якій діє заклад (Document on which the provider acts). CTR-21. */
  contractor_base: string;
  /** Платіжні реквізити закладу (Payment details of the provider). CTR-05. */
  contractor_payment_details: ContractRequestCapitationContractorPaymentDetails;
  /** Кількість осіб, яких обслуговує надавач (Number of people served). CTR-05. */
  contractor_rmsp_amount: number;
  /** Є підрядники (другий додаток) (There are subcontractors (second appendix)). CTR-05. */
  external_contractor_flag?: boolean;
  /** Підрядники (Subcontractors). CTR-05. */
  external_contractors?: ContractRequestCapitationExternalContractors[];
  /** Працівники та місця надання послуг (Employees and divisions). CTR-05. */
  contractor_employee_divisions: ContractRequestCapitationContractorEmployeeDivisions[];
  /** Місця надання послуг (Divisions). CTR-05. */
  contractor_divisions: string[];
  /** Дата початку договору (Start date). CTR-06. */
  start_date?: string;
  /** Дата закінчення договору (End date). CTR-06. */
  end_date?: string;
  /** Форма договору (Form of the contract). CTR-19. */
  id_form: string;
  /** Номер договору (Contract number). CTR-07. */
  contract_number: string;
  /** Підписант НСЗУ (ідентифікатор) (Signer from the NHS (id)). CTR-05. */
  nhs_signer_id: string;
  /** НСЗУ (ідентифікатор) (NHS (id)). CTR-05. */
  nhs_legal_entity_id: string;
  /** Підстава, на якій діє підписант НСЗУ (Document on which the NHS's signer acts). CTR-05. */
  nhs_signer_base: string;
  /** Договір уже підписано (Already signed). CTR-05. */
  contractor_signed?: false;
  /** Ціна договору, грн (Contract price, UAH). CTR-05. */
  nhs_contract_price: number;
  /** Спосіб оплати (Payment method). CTR-19. */
  nhs_payment_method: string;
  /** Місце укладення договору (Place of issue). CTR-05. */
  issue_city: string;
  /** Інші умови (Other terms). CTR-05. */
  misc?: string;
  /** Текст згоди (Text of the consent). CTR-05. */
  consent_text: string;
  /** Причина зміни статусу (Reason of the change of status). CTR-05. */
  status_reason?: string;
  /** Батьківський договір (ідентифікатор) (Parent contract (id)). CTR-05. */
  parent_contract_id: string;
  /** Відповідальний працівник (ідентифікатор) (Assignee (id)). CTR-05. */
  assignee_id?: string;
};
/** `contract_request.capitation`: Заява НСЗУ на внесення змін до договору: капітація (Contract request by NHS: capitation). Source: «Request structure». */
export const contractRequestCapitation: Payload<ContractRequestCapitationInput, ContractRequestCapitation> = /* @__PURE__ */ payload("contract_request.capitation", "outbound");

/** Платіжні реквізити закладу (Payment details of the provider). CTR-05. */
export type ContractRequestReimbursementContractorPaymentDetailsInput = {
  /** Назва банку (Name of the bank). CTR-21. */
  bank_name?: string | null | undefined;
  /** Код банку (МФО) (Bank code (MFO)). CTR-20. */
  MFO?: string | null | undefined;
  /** Номер рахунку (Account number). CTR-20. */
  payer_account?: string | null | undefined;
};
/** `contract_request.reimbursement`: the draft as a form library holds it. */
export type ContractRequestReimbursementInput = {
  /** Представник закладу (ідентифікатор) (Person who represents the provider (id)). CTR-05. */
  contractor_owner_id?: string | null | undefined;
  /** Заклад, сторона договору (ідентифікатор) (Provider, party to the contract (id)). CTR-05. */
  contractor_legal_entity_id?: string | null | undefined;
  /** Підстава, на якій діє заклад (Document on which the provider acts). CTR-21. */
  contractor_base?: string | null | undefined;
  /** Платіжні реквізити закладу (Payment details of the provider). CTR-05. */
  contractor_payment_details?: ContractRequestReimbursementContractorPaymentDetailsInput | null | undefined;
  /** Місця надання послуг (Divisions). CTR-05. */
  contractor_divisions?: string[] | null | undefined;
  /** Дата початку договору (Start date). CTR-06. */
  start_date?: string | null | undefined;
  /** Дата закінчення договору (End date). CTR-06. */
  end_date?: string | null | undefined;
  /** Форма договору (Form of the contract). CTR-19. */
  id_form?: string | null | undefined;
  /** Номер договору (Contract number). CTR-07. */
  contract_number?: string | null | undefined;
  /** Підписант НСЗУ (ідентифікатор) (Signer from the NHS (id)). CTR-05. */
  nhs_signer_id?: string | null | undefined;
  /** НСЗУ (ідентифікатор) (NHS (id)). CTR-05. */
  nhs_legal_entity_id?: string | null | undefined;
  /** Підстава, на якій діє підписант НСЗУ (Document on which the NHS's signer acts). CTR-05. */
  nhs_signer_base?: string | null | undefined;
  /** Договір уже підписано (Already signed). CTR-05. */
  contractor_signed?: boolean | null | undefined;
  /** Спосіб оплати (Payment method). CTR-19. */
  nhs_payment_method?: string | null | undefined;
  /** Місце укладення договору (Place of issue). CTR-05. */
  issue_city?: string | null | undefined;
  /** Інші умови (Other terms). CTR-05. */
  misc?: string | null | undefined;
  /** Текст згоди (Text of the consent). CTR-05. */
  consent_text?: string | null | undefined;
  /** Причина зміни статусу (Reason of the change of status). CTR-05. */
  status_reason?: string | null | undefined;
  /** Медична програма (ідентифікатор) (Medical programme (id)). CTR-05. */
  medical_program_id?: string | null | undefined;
  /** Батьківський договір (ідентифікатор) (Parent contract (id)). CTR-05. */
  parent_contract_id?: string | null | undefined;
  /** Відповідальний працівник (ідентифікатор) (Assignee (id)). CTR-05. */
  assignee_id?: string | null | undefined;
};
/** Платіжні реквізити закладу (Payment details of the provider). CTR-05. */
export type ContractRequestReimbursementContractorPaymentDetails = {
  /** Назва банку (Name of the bank). CTR-21. */
  bank_name: string;
  /** Код банку (МФО) (Bank code (MFO)). CTR-20. */
  MFO: string;
  /** Номер рахунку (Account number). CTR-20. */
  payer_account: string;
};
/** `contract_request.reimbursement`: the outgoing body. */
export type ContractRequestReimbursement = {
  /** Представник закладу (ідентифікатор) (Person who represents the provider (id)). CTR-05. */
  contractor_owner_id: string;
  /** Заклад, сторона договору (ідентифікатор) (Provider, party to the contract (id)). CTR-05. */
  contractor_legal_entity_id: string;
  /** Підстава, на якій діє заклад (Document on which the provider acts). CTR-21. */
  contractor_base: string;
  /** Платіжні реквізити закладу (Payment details of the provider). CTR-05. */
  contractor_payment_details: ContractRequestReimbursementContractorPaymentDetails;
  /** Місця надання послуг (Divisions). CTR-05. */
  contractor_divisions: string[];
  /** Дата початку договору (Start date). CTR-06. */
  start_date?: string;
  /** Дата закінчення договору (End date). CTR-06. */
  end_date?: string;
  /** Форма договору (Form of the contract). CTR-19. */
  id_form: string;
  /** Номер договору (Contract number). CTR-07. */
  contract_number: string;
  /** Підписант НСЗУ (ідентифікатор) (Signer from the NHS (id)). CTR-05. */
  nhs_signer_id: string;
  /** НСЗУ (ідентифікатор) (NHS (id)). CTR-05. */
  nhs_legal_entity_id: string;
  /** Підстава, на якій діє підписант НСЗУ (Document on which the NHS's signer acts). CTR-05. */
  nhs_signer_base: string;
  /** Договір уже підписано (Already signed). CTR-05. */
  contractor_signed?: false;
  /** Спосіб оплати (Payment method). CTR-19. */
  nhs_payment_method: string;
  /** Місце укладення договору (Place of issue). CTR-05. */
  issue_city: string;
  /** Інші умови (Other terms). CTR-05. */
  misc?: string;
  /** Текст згоди (Text of the consent). CTR-05. */
  consent_text: string;
  /** Причина зміни статусу (Reason of the change of status). CTR-05. */
  status_reason?: string;
  /** Медична програма (ідентифікатор) (Medical programme (id)). CTR-05. */
  medical_program_id: string;
  /** Батьківський договір (ідентифікатор) (Parent contract (id)). CTR-05. */
  parent_contract_id: string;
  /** Відповідальний працівник (ідентифікатор) (Assignee (id)). CTR-05. */
  assignee_id?: string;
};
/** `contract_request.reimbursement`: Заява НСЗУ на внесення змін до договору: реімбурсація (Contract request by NHS: reimbursement). Source: «Request structure». */
export const contractRequestReimbursement: Payload<ContractRequestReimbursementInput, ContractRequestReimbursement> = /* @__PURE__ */ payload("contract_request.reimbursement", "outbound");

/** `contract_request.envelope`: the draft as a form library holds it. */
export type ContractRequestEnvelopeInput = {
  /** Підписаний документ (Signed document). CTR-02. */
  signed_content?: string | null | undefined;
  /** Кодування підписаного документа (Encoding of the signed document). CTR-02. */
  signed_content_encoding?: ChoiceInput<"base64"> | null | undefined;
};
/** `contract_request.envelope`: the outgoing body. */
export type ContractRequestEnvelope = {
  /** Підписаний документ (Signed document). CTR-02. */
  signed_content: string;
  /** Кодування підписаного документа (Encoding of the signed document). CTR-02. */
  signed_content_encoding: "base64";
};
/** `contract_request.envelope`: Підписана заява НСЗУ на внесення змін до договору (Signed contract request by NHS). Source: «Request structure». */
export const contractRequestEnvelope: Payload<ContractRequestEnvelopeInput, ContractRequestEnvelope> = /* @__PURE__ */ payload("contract_request.envelope", "outbound", "POST", "api/contract_requests/{contract_type}/{id}");

/** Every payload under its name. */
export type Payloads = {
  readonly "programme.create": Payload<ProgrammeCreateInput, ProgrammeCreate>;
  readonly "programme.update": Payload<ProgrammeUpdateInput, ProgrammeUpdate>;
  readonly "programme.status": Payload<ProgrammeStatusInput, ProgrammeStatus>;
  readonly "cycle.create": Payload<CycleCreateInput, CycleCreate>;
  readonly "cycle.update": Payload<CycleUpdateInput, CycleUpdate>;
  readonly "cycle.cancel": Payload<CycleCancelInput, CycleCancel>;
  readonly "application": Payload<ApplicationInput, Application>;
  readonly "application.comment": Payload<ApplicationCommentInput, ApplicationComment>;
  readonly "programme.expertise": Payload<ProgrammeExpertiseInput, ProgrammeExpertise>;
  readonly "result.update": Payload<ResultUpdateInput, ResultUpdate>;
  readonly "results.bulk_update": Payload<ResultsBulkUpdateInput, ResultsBulkUpdate>;
  readonly "results.confirm": Payload<ResultsConfirmInput, ResultsConfirm>;
  readonly "reference.specialities": Payload<ReferenceSpecialitiesInput, ReferenceSpecialities>;
  readonly "reference.programmes": Payload<ReferenceProgrammesInput, ReferenceProgrammes>;
  readonly "programme.answer": Payload<ProgrammeAnswerInput, ProgrammeAnswer>;
  readonly "cycle.answer": Payload<CycleAnswerInput, CycleAnswer>;
  readonly "status.answer": Payload<StatusAnswerInput, StatusAnswer>;
  readonly "results.answer": Payload<ResultsAnswerInput, ResultsAnswer>;
  readonly "token.answer": Payload<TokenAnswerInput, TokenAnswer>;
  readonly "application.answer": Payload<ApplicationAnswerInput, ApplicationAnswer>;
  readonly "contract_request.capitation": Payload<ContractRequestCapitationInput, ContractRequestCapitation>;
  readonly "contract_request.reimbursement": Payload<ContractRequestReimbursementInput, ContractRequestReimbursement>;
  readonly "contract_request.envelope": Payload<ContractRequestEnvelopeInput, ContractRequestEnvelope>;
};
